"""Fonts: which stand for 仿宋, 小标宋, 楷体, 黑体, 宋体 on this machine, and which characters they can draw."""

from typeset.fonts.coverage import Coverage, Substitute
from typeset.fonts.finding import ROLES, Face, Faces, folders

__all__ = ["ROLES", "Coverage", "Face", "Faces", "Substitute", "folders"]
