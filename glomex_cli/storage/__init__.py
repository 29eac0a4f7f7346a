"""Credentials and files on disk. No network, no printing; nothing outside may import keyring.

What is on disk, below the settings folder (GLOMEX_CONFIG_DIR, else the system's, such as
~/.config/glomex, mode 700). Every file has mode 600 and is replaced whole; a writer holds the
lock `.NAME.lock` beside it, an empty file that stays. A killed writer leaves
`.NAME.<8 hex>.glomex-tmp`, which the next one removes.

`config.toml`: profiles and saved reports, never a secret. People may edit it. Written by login,
logout and report (`config.profile_writer`); keys that are not ours and comments stay. Each key
is optional. A profile without `store` may hold what was typed at a sign-in that has not succeeded.

    default = "acme"                  # the profile that is used without --profile

    [profiles.acme]
    endpoint = "https://graphql.glomex.com/v1"   # or "sandbox"
    login = "robot@glomex.example"
    tenant = "t-sandbox"
    as = "content-owner"              # or "publisher"
    store = "keyring"                 # or "file", "none"
    remember = true                   # password and seed are kept beside the token
    metrics = ["video_views"]         # what commands ask for where none is typed; or "a,b"
    last = "4w"                       # the range, as --last takes it
    dimension = ["channel", "week"]   # of report
    format = "csv"                    # of report, on a terminal only

    [reports]                         # saved by report --save NAME
    weekly = "--dimension week --last 8w"

`credentials.json`: with `--store file` only, one JSON object, profile to sign-in. Written by
login, logout and the renewal of a session (`storage.file_store`); the last entry takes the file
along. Keys that begin with `#` are probes of killed commands.

    {"acme": "<a sign-in>"}

The system's keyring: with `--store keyring`, one item per profile, service `glomex-cli`, user
name the profile, password a sign-in (`storage.keyring_store`, lock `.keyring.lock`). On Windows
a long one is cut (`storage.keyring_chunks`): the item `acme` holds a head, the items `acme#a0`,
`acme#a1`, ... (the next time `acme#b0`, ...) the parts of its JSON text.

    glomex-parts:a:2:<sha256 of the joined parts, 64 hex>

A sign-in is a JSON object as text (`auth.session`). `expires_at` is in seconds since 1970, null
where unknown; `password` and `seed` (an otpauth URI) are null unless they are remembered.

    {"version": 1, "origin": "https://graphql.glomex.com:443", "login": "robot@glomex.example",
     "tenant": "t-sandbox", "kind": "content-owner", "token": "eyJ...",
     "expires_at": 1795645651.7, "password": null, "seed": null}

`mfa-windows`: which MFA codes were sent, so that no code is sent twice (`auth.mfa`). One JSON
object, fingerprint of a seed (16 hex) to the number of its last time window; at most 64 seeds.

    {"3f9f984d97082bbf": 59854735}

`.renewal-acme.lock`: held while a process renews the session of a profile (`auth.renewal`).
There is no file `renewal-acme`. `.login-acme.lock`: held while `login` keeps session and profile.

`keyring-backend`: the class of the keyring that answered last, a line of ASCII, which saves a
search (`storage.keyring_backends`). Deleting it is harmless.

    keyring.backends.SecretService.Keyring

In the system's cache folder, such as ~/.cache/glomex: `learnt-<16 hex>.json`, what is known of an
endpoint as a profile sees it (`services.cache`); the name is a hash of both. None for the
sandbox within the process. Deleting it is harmless. Moments are in seconds since 1970;
`refused_at` is when the service did not tell its schema, which is not asked again for a day.

    {"version": 3, "schema": {"content-owner": {"dimensions": ["video", "day"],
     "metrics": {"video_views": "Int"}, "labels": {"video_title": "String"},
     "filters": {"video": "[String!]"}, "parts": {},
     "kinds": {"video_views": ["count", true, "up", "sum", ""]},
     "descriptions": {"video_views": "How often a video was started."}}},
     "schema_at": 1795645651.7, "refused_at": null,
     "shapes": {"content-owner": {"dimensions": "[enum]", "first": "from", "last": "to",
     "days": "text", "filters": "documented", "required": "", "rows": "rows", "node": "",
     "fields": {}, "titled": [], "unknown": "",
     "paging": {"style": "", "argument": "", "beside": "", "is_cut": false}}},
     "readings": {"content-owner": {"at": 1795645651.7, "includes_to": true, "longest": null}}}

`learnt-<16 hex>-values.json` beside it: the values that `schema DIM` listed, the latest list
first, for the completion of filters (`services.learned`). Deleting it is harmless.

    {"values": {"data": {"country=": ["US", "DE"], "cdn=": ["Fastly"]}}}
"""
