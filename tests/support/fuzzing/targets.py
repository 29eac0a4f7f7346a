"""Every fuzzing target by name, with the inputs it starts from."""

from collections.abc import Mapping
from types import MappingProxyType

from support.fuzzing import output as fuzz_output
from support.fuzzing import service as fuzz_service
from support.fuzzing import typed as fuzz_typed
from support.fuzzing.target import Target, as_texts, as_words
from support.rendering import HOSTILE

# Words that a format is made of, blanks between them.
_JSON_WORDS = (
    rb"""
    [ ] { } , : " null true false NaN - . 1} 2] [1.5 1e5 -0.0 1e999 "a" \u \ud83d\ude00 [{}] {"a":
    "}, 012345678901234567890123456789 [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
"""
    b"\xef\xbb\xbf \xc3\xa9 \xff"
)
_ANSWER_WORDS = rb"""
    "data": "errors": "rows": "day": "video_views": "message": "contentOwnerAnalyticsReport": null,
    {"day":"2025-06-02","video_views":3}, {"id":1,"title":"x"} "path":["x",1] "2025-06-01" "7" {},
    "\u001b" 1e999 true
"""
_URL_WORDS = f"""
    https:// http:// 127.0.0.1 -0 -0. localhost [::1] [::ffff:127.0.0.1] [fe80::1%25a] :443
    :0 :65536 @ user:{fuzz_typed.PASSWORD}@ ? # %40 %2f .. // \\ \u3002 xn--
"""
_DAY_WORDS = """
    2025-03-26 2025-03-27 2025-03-27|2025-03-27 2024-02-29 2023-02-29 today yesterday last-week ytd
    mtd this-month previous year 14d 6m 1y 0d 999999999999999999999999999999w | - .. ٣
"""
_CONFIG_WORDS = """
    default [profiles.a] as store remember login endpoint = " ' { [ # 1979-05-27 true 0x1F [[a]]
    \\u0000 keyring a.b.c=1
"""
_NUMBER_WORDS = (
    b'null nan inf 1. .5 e5 1e400 -1e400 - + , ; 0x1f _ [ { " \xef\xbb\xbf \xff\xfe \x85'
)
_ANSWERS = (
    b'{"data":{"contentOwnerAnalyticsReport":{"rows":[{"day":"2025-06-01","video_views":5}]}}}',
    b'{"data":{"x":{"rows":[{"day":"a","video_views":1},null]}},"errors":[{"message":"m"}]}',
    b'{"data":{},"errors":[{"message":7,"path":["x",1],"extensions":{"code":"FORBIDDEN"}}]}',
    b'{"data":{"x":[{"day":{"id":1,"title":"t"},"video_views":null},{"day":2}]}}',
    b'{"errors":[{"message":"jwt expired"}],"data":null}',
    b'{"errors":{},"data":{"x":{"rows":3}}}',
    b'{"data":{"x":[{"day":1,"video_views":1e999}]}}',
)
_ADDRESSES = (
    "https://graphql.glomex.com/v1",
    "http://127.1.0.255:8080/v1",
    "https://[::1]:443/",
    f"https://u:{fuzz_typed.PASSWORD}@host/",
    "https://a.b/?q#f",
    "HTTPS://xn--nxa.DE:1",
    "sandbox",
)
_DAYS = tuple(
    bytes([way]) + b"\x24\x00" + text
    for way, typed in enumerate(
        ("2025-03-27|2025-03-27", "14d", "last-week", "today", "yesterday", "1y|ytd")
    )
    for text in as_texts(typed)
)
_COMPARISONS = tuple(
    bytes([way]) + first + b"\x0d" + text
    for first in (b"\0\0\0", b"\x0b\0\0")
    for way, typed in enumerate(("previous", "year", "2024-01-01..2024-01-31", "today..yesterday"))
    for text in as_texts(typed)
)
_CONFIGS = (
    f'default = "a"\n[profiles.a]\nlogin = "{fuzz_typed.CANARY}"\nas = "publisher"\n',
    f'profiles = {{a = {{store = "{fuzz_typed.CANARY}", remember = true}}}}\n',
    f'[profiles.b]\nendpoint = """\n{fuzz_typed.CANARY}\n"""\ntenant = ["{fuzz_typed.CANARY}"]\n',
    f'default = "{fuzz_typed.CANARY}"\n["{fuzz_typed.CANARY}"]\n[profiles."{fuzz_typed.CANARY}"]\n',
)
_NUMBERS = (
    *(b"\x031 2.5 -3e2\n.5\tnull", b"\x071,2,,3;4", b'\x02"1"\n"n/a"', b"\x0aInf -1e400"),
    *(b"\x05[1,2,null]", b'\x04{"a":[1,2],"b":[3]}', b'\x06{"v":1}\n{"v":2}', b"\x011_000"),
)
_VALUES = (
    b"[1.5,-2e3,null]",
    b"[1}",
    b"[NaN]",
    b"[]",
    b"[1]",
    b"[{}]",
    b'{"a":2.5}',
    b'"a\\u00e9"',
    b"1.2",
)
_TOKENS = (
    b'\0{"exp": 1748779200, "iat": 1748775600}\x1eSun, 01 Jun 2025 12:00:00 GMT',
    b'\0{"exp": 1748779200.5}\x1eSun, 01 Jun 2025 14:00:00 +0200',
    b"\xffe30.e30.x\x1eSun, 06 Nov 1994 08:49:37 -0000",
)
_TOKEN_WORDS = (b'"exp":', b'"iat":', b"1e308", b"true", b"-1", b"9" * 310, b"\x1e", b"-2400")

TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "sanitiser": Target(fuzz_output.sanitiser, as_texts(*HOSTILE), as_words(*HOSTILE)),
        "csv": Target(
            fuzz_output.csv_cell,
            as_texts(*HOSTILE, "=1+1|-5|a\r\nb", '|"",;', "\uff1d1|\t=|+", "@a|'x|12345678"),
            as_words(*"|\"=+-@\r\n\t\uff1d\uff0b\uff0d\uff20,\ud800\\'\0"),
        ),
        "json": Target(
            fuzz_service.json_reader,
            tuple(b"\x05" + body for body in (*_ANSWERS, *_VALUES)),
            (b" ", b"\n", *_JSON_WORDS.split()),
        ),
        "rows": Target(
            fuzz_service.answer_rows,
            tuple(b"\x05" + body for body in _ANSWERS),
            (*_ANSWER_WORDS.split(), *_JSON_WORDS.split()),
        ),
        "token": Target(fuzz_service.token_life, _TOKENS, _TOKEN_WORDS),
        "days": Target(fuzz_typed.day_words, _DAYS, as_words(*_DAY_WORDS.split())),
        "comparison": Target(
            fuzz_typed.comparison_words, _COMPARISONS, as_words(*_DAY_WORDS.split())
        ),
        "numbers": Target(
            fuzz_typed.numbers, _NUMBERS, (b" ", b"\n", b"\x0b", *_NUMBER_WORDS.split(b" "))
        ),
        "endpoint": Target(
            fuzz_typed.endpoint, as_texts(*_ADDRESSES), as_words(*_URL_WORDS.split())
        ),
        "config": Target(
            fuzz_typed.config,
            as_texts(*_CONFIGS),
            as_words("\n", fuzz_typed.CANARY, *_CONFIG_WORDS.split()),
        ),
        "code": Target(
            fuzz_typed.mfa_code,
            as_texts("123 456", "12-34-56-78", "１２３４５６", " 000000\n", "abcdef"),
            as_words("1", "２", " ", "-", "\u2013", "\u2009", "٣", "①", "\n", "123456", "²"),
        ),
    }
)
