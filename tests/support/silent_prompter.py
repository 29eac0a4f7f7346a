"""A program that owns the name of GNOME's password dialog and never shows one."""

import time


def main() -> None:
    """Own the name, say so, and wait to be killed."""
    from secretstorage import dbus_init  # noqa: PLC0415 - only Linux has it
    from secretstorage.util import DBusAddressWrapper  # noqa: PLC0415

    connection = dbus_init()
    bus = DBusAddressWrapper("/org/freedesktop/DBus", "org.freedesktop.DBus", connection)
    bus.bus_name = "org.freedesktop.DBus"
    bus.call("RequestName", "su", "org.gnome.keyring.SystemPrompter", 4)
    print("ready", flush=True)  # noqa: T201 - what its parent waits for
    time.sleep(600)


if __name__ == "__main__":
    main()
