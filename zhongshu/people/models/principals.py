"""A principal: a person or a unit, as the one thing a matter can be shown to."""

from django.db import models


class PrincipalKind(models.TextChoices):
    PERSON = "person", "人员"
    UNIT = "unit", "单位"


class Principal(models.Model):
    kind = models.CharField("种类", max_length=8, choices=PrincipalKind.choices)

    class Meta:
        verbose_name = verbose_name_plural = "主体"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
