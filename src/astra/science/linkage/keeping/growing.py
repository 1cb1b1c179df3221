"""How does a column of numbers grow while rows are added at run time?"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Growing:
    """An array whose first axis grows by doubling; `rows` is the part in use."""

    def __init__(self, shape: tuple[int, ...], dtype: DTypeLike, fill: int = 0) -> None:
        """Begin empty; each row has the given shape, new rows hold `fill`."""
        self._fill = fill
        self._all: NDArray[Any] = np.full((256, *shape), fill, dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def rows(self) -> NDArray[Any]:
        """The rows in use, as a view that the next growth may replace."""
        return self._all[: self._size]

    def extend(self, count: int) -> NDArray[Any]:
        """Add rows that hold the fill value, and give a view of them to write into."""
        first, self._size = self._size, self._size + count
        if self._size > len(self._all):
            grown = np.full((max(self._size, len(self._all) * 2), *self._all.shape[1:]), self._fill, self._all.dtype)
            grown[:first] = self._all[:first]
            self._all = grown
        return self._all[first : self._size]

    def append(self, value: object) -> None:
        """Add one row."""
        self.extend(1)[0] = value
