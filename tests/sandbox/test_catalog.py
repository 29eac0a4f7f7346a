"""The sandbox's catalogue: enough videos, ids as documented, titles that are awkward to show."""

import re
import unicodedata

from glomex_cli.sandbox.metrics import INTEGRATIONS, videos


def test_catalogue_has_dozens_of_videos_with_ids_and_awkward_titles() -> None:
    titles = " ".join(video.title for video in videos())
    assert len(videos()) >= 48
    assert len({video.ident for video in videos()}) == len(videos())
    assert all(re.fullmatch(r"v-[a-z0-9]{12}", video.ident) for video in videos())
    assert all(re.fullmatch(r"c-[a-z0-9]{12}", video.channel.ident) for video in videos())
    assert all(re.fullmatch(r"[a-z0-9]{16}", ident) for ident in INTEGRATIONS)
    kinds = {unicodedata.category(character) for character in titles}
    assert {"So", "Mn", "Cf", "Lo"} <= kinds
    assert set('äöüÜß東[="') <= set(titles)
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
