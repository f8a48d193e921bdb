"""Tables of units, persons, posts, roles, stand-ins and accounts, one file a subject."""

from zhongshu.people.models.accounts import (
    AccountPolicy,
    DeviceKind,
    OfficeSession,
    PastPassword,
    SecondFactor,
    SecondFactorFor,
    SignInGuard,
)
from zhongshu.people.models.leaders import LeaderPortfolio
from zhongshu.people.models.persons import AccountState, Density, Person, TextSize
from zhongshu.people.models.posts import Appointment, Post
from zhongshu.people.models.principals import Principal, PrincipalKind
from zhongshu.people.models.roles import Role, RoleGrant, RoleKind, RolePermission
from zhongshu.people.models.standins import ABPost, Absence, Delegation, DelegationState
from zhongshu.people.models.units import OrgUnit, OrgUnitName, UnitType

__all__ = [
    "ABPost",
    "Absence",
    "AccountPolicy",
    "AccountState",
    "Appointment",
    "Delegation",
    "DelegationState",
    "Density",
    "DeviceKind",
    "LeaderPortfolio",
    "OfficeSession",
    "OrgUnit",
    "OrgUnitName",
    "PastPassword",
    "Person",
    "Post",
    "Principal",
    "PrincipalKind",
    "Role",
    "RoleGrant",
    "RoleKind",
    "RolePermission",
    "SecondFactor",
    "SecondFactorFor",
    "SignInGuard",
    "TextSize",
    "UnitType",
]
