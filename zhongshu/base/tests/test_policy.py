"""期限规则: declared by the rooms, set by each office, changed with a trail."""

import pytest

from zhongshu.base import policies as module
from zhongshu.base.deadlines import change_policy, declare_policy, policies, policy
from zhongshu.base.models import DeadlinePolicy, TrailEntry
from zhongshu.base.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setattr(module, "_declared", {})
    declare_policy("read", "领导传阅", 2, "workday", basis="办公室惯例")
    declare_policy("reply", "答复", 20, "workday", pausable=True)


def test_a_rule_holds_as_declared_until_somebody_sets_it():
    assert (policy("read").quantity, policy("read", 1).quantity) == (2, 2)
    assert DeadlinePolicy.objects.count() == 0


def test_an_office_sets_its_own(clerk):
    change_policy("read", tenant_id=None, by=clerk, quantity=3)
    change_policy("read", tenant_id=5, by=clerk, quantity=24, unit="hour")
    assert [policy("read", tenant).quantity for tenant in (None, 1, 5)] == [3, 3, 24]
    assert [str(rule) for rule in policies(5)] == ["领导传阅：24小时", "答复：20个工作日"]
    assert policy("read", 5).basis == "办公室惯例"


def test_a_change_says_what_was_before(clerk):
    change_policy("read", tenant_id=1, by=clerk, quantity=3)
    assert TrailEntry.objects.get().text == "领导传阅：2个工作日 → 领导传阅：3个工作日"


def test_nonsense_is_refused_all_at_once(clerk):
    with pytest.raises(Refused) as refused:
        change_policy("read", tenant_id=1, by=clerk, quantity=-1, unit="week", max_extensions=99)
    assert refused.value.codes == ["DUE-01", "DUE-02", "DUE-03"]
    assert DeadlinePolicy.objects.count() == 0


def test_a_rule_that_nobody_declared_is_a_mistake():
    with pytest.raises(LookupError):
        policy("nothing")
