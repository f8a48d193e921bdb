"""The words of a matter, cut into character bigrams for the full-text index."""

from django.db import models

from zhongshu.matters.models.spine import Matter


class SearchEntry(models.Model):
    """What can be found of a matter; the index itself is vendor SQL made in a migration."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="search_entry", verbose_name="事项"
    )
    kind = models.CharField("类别", max_length=40)
    text = models.TextField("可检索文字")

    class Meta:
        verbose_name = "检索条目"
        verbose_name_plural = "检索条目"

    def __str__(self) -> str:
        return self.text[:40]
