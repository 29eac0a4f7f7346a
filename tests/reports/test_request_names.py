"""Names that were typed against those the account has."""

import pytest

from glomex_cli.errors import UsageError
from glomex_cli.models import Filter, ReportKind, ReportRequest, ReportSchema, Schema
from glomex_cli.reports.request import check_names, fits
from support.servers.network import DAILY

KNOWN = Schema(
    {
        ReportKind.CONTENT_OWNER: ReportSchema(
            dimensions=("video", "channel", "day"),
            metrics={"video_views": "Int", "ad_impressions": "Int"},
            labels={"video_title": "String"},
            filters={"channel": "String"},
        )
    }
)
GOOD = DAILY._replace(dimensions=("video", "day"), filters=(Filter("channel", "=", "c-1"),))


def refusal_of(request: ReportRequest) -> UsageError:
    assert not fits(request, KNOWN)
    with pytest.raises(UsageError) as caught:
        check_names(request, KNOWN)
    return caught.value


@pytest.mark.parametrize("request_", [GOOD, GOOD._replace(metrics=("video_title", "video_views"))])
def test_names_the_account_has_pass_its_labels_among_them(request_: ReportRequest) -> None:
    assert fits(request_, KNOWN)
    check_names(request_, KNOWN)


@pytest.mark.parametrize(
    ("request_", "message", "hint"),
    [
        (
            GOOD._replace(metrics=("video_views", "ad_impresions")),
            "unknown metric 'ad_impresions'",
            "did you mean -m ad_impressions?",
        ),
        (
            GOOD._replace(dimensions=("chanel", "day")),
            "unknown dimension 'chanel'",
            "did you mean -d channel?",
        ),
        (
            GOOD._replace(filters=(Filter("chanel", "=", "c-1"),)),
            "unknown filter 'chanel'",
            "did you mean --filter channel?",
        ),
        (
            GOOD._replace(metrics=("zzz",)),
            "unknown metric 'zzz'",
            "see them all: glomex schema",
        ),
        (
            GOOD._replace(kind=ReportKind.PUBLISHER),
            "this account has no publisher report",
            "type --as content-owner",
        ),
    ],
)
def test_a_name_it_lacks_is_refused_with_the_likely_one(
    request_: ReportRequest, message: str, hint: str
) -> None:
    error = refusal_of(request_)
    assert (error.message, error.hint) == (message, hint)


def test_the_first_wrong_name_is_told() -> None:
    error = refusal_of(GOOD._replace(dimensions=("vidio",), metrics=("zzz",)))
    assert "dimension 'vidio'" in error.message
