from django.db import models


class PageVersion(models.Model):
    """Which content an address shows: a number that is another one after each change.

    Written in the transaction of the change, so no reader sees the one without the other.
    """

    # An address of this site without its query; "" stands for all of them.
    address = models.CharField(max_length=500, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return self.address
