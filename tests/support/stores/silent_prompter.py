"""A program that owns the name of GNOME's password dialog and never shows one."""

import time


def main() -> None:
    """Own the name, say so, and wait to be killed. Only Linux has what this imports."""
    from secretstorage import dbus_init
    from secretstorage.util import DBusAddressWrapper

    connection = dbus_init()
    bus = DBusAddressWrapper("/org/freedesktop/DBus", "org.freedesktop.DBus", connection)
    bus.bus_name = "org.freedesktop.DBus"
    bus.call("RequestName", "su", "org.gnome.keyring.SystemPrompter", 4)
    print("ready", flush=True)  # noqa: T201 - what its parent waits for
    time.sleep(600)


if __name__ == "__main__":
    main()
