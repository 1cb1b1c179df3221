"""Can loops over packed filters be compiled on this machine?

With numba they are, and what Python has no word for (count the ones that two filters share; the same for eight filters
at once; ask memory for a row ahead of time) becomes instructions of the processor, as wide as it has them. Without
numba `IS_COMPILED` is false and `kernels` takes its way through numpy; the loops stay callable as plain Python, which
is how tests read them.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.blind.packed import BLOCK, LANES, WORDS

Function = TypeVar("Function", bound=Callable[..., Any])  # Any: loops of every signature pass through the decorator


def shared_ones(filters: NDArray[np.uint64], row: int, query: NDArray[np.uint64]) -> int:
    """Count the ones that a row shares with a query; compiled, both must be C-contiguous and 16 words wide."""
    return int(np.bitwise_count(filters[row] & query).sum())


def compare_lanes(
    asked: NDArray[np.uint64], lowest: int, block: NDArray[np.uint64], lane: int, common: NDArray[np.int64]
) -> int:
    """Count the ones that a filter shares with LANES rows of a block, from `lane` on, into `common`.

    A block holds rows word by word, word w of row r at [w, r], and in a last line a floor for each row. The answer has
    a bit for each row whose count reaches its floor and `lowest` together; compiled, arrays must be C-contiguous.
    """
    met = 0
    for at in range(LANES):
        row = block[:, lane + at]
        common[at] = np.bitwise_count(asked & row[:WORDS]).sum()
        met |= (common[at] >= row[WORDS:].view(np.int64)[0] + lowest) << at
    return int(met)


def ask_for(filters: NDArray[np.uint64], row: int) -> None:
    """Ask memory for a row that is read soon; compiled only. A row behind the last is no error: nothing is read."""


try:
    import numba
    from llvmlite import ir  # type: ignore[import-untyped]  # brings no types
    from numba.core import cgutils, types
    from numba.extending import intrinsic, overload
except ImportError:
    IS_COMPILED = False

    def compiled(function: Function) -> Function:
        """Leave the loop as it is: there is no compiler."""
        return function

else:
    IS_COMPILED = True

    def compiled(function: Function) -> Function:
        """Compile a loop at its first call; other Python threads run meanwhile.

        The machine code is kept beside the byte code where that folder, or the user's cache, can be written.
        """
        try:
            made = numba.njit(nogil=True, cache=True)(function)
        except RuntimeError:  # pragma: no cover  (numba: nowhere to keep the machine code)
            made = numba.njit(nogil=True)(function)
        return cast(Function, made)

    # What follows runs inside the compiler, and not at all when the machine code was kept: no coverage can be asked.
    @intrinsic
    def _shared_ones(typing: Any, filters: Any, row: Any, query: Any) -> Any:  # pragma: no cover
        # Left to itself the compiler gathers words across rows, at two thirds of the speed of memory; a row is read
        # as one vector of 16 words instead, which every target splits into the vectors that it has.
        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            word = ir.IntType(64)
            vector = ir.VectorType(word, WORDS)
            rows = context.make_array(signature.args[0])(context, builder, arguments[0])
            asked = context.make_array(signature.args[2])(context, builder, arguments[2])
            start = builder.gep(rows.data, [builder.mul(arguments[1], ir.Constant(word, WORDS))])
            left, right = (
                builder.load(builder.bitcast(data, vector.as_pointer()), align=8) for data in (start, asked.data)
            )
            declare: Any = cgutils.get_or_insert_function
            count = declare(builder.module, ir.FunctionType(vector, [vector]), f"llvm.ctpop.v{WORDS}i64")
            add = declare(builder.module, ir.FunctionType(word, [vector]), f"llvm.vector.reduce.add.v{WORDS}i64")
            return builder.call(add, [builder.call(count, [builder.and_(left, right)])])

        return types.int64(filters, types.int64, query), emit

    @intrinsic
    def _compare_lanes(  # noqa: PLR0917  (the compiler wants each by its place)
        typing: Any, asked: Any, lowest: Any, block: Any, lane: Any, common: Any
    ) -> Any:  # pragma: no cover
        # Written as vectors of eight words because compilers choose half the width where they may choose.
        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            word, wide = ir.IntType(64), ir.VectorType(ir.IntType(64), LANES)
            words, lines, result = (
                context.make_array(signature.args[at])(context, builder, arguments[at]).data for at in (0, 2, 4)
            )

            def line(number: int) -> Any:
                start = builder.add(arguments[3], ir.Constant(word, number * BLOCK))
                return builder.load(builder.bitcast(builder.gep(lines, [start]), wide.as_pointer()), align=8)

            def on_all_lanes(value: Any) -> Any:
                one = builder.insert_element(ir.Constant(wide, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
                return builder.shuffle_vector(one, one, ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES))

            declare: Any = cgutils.get_or_insert_function
            count = declare(builder.module, ir.FunctionType(wide, [wide]), f"llvm.ctpop.v{LANES}i64")
            total = ir.Constant(wide, [0] * LANES)
            for number in range(WORDS):
                asked_word = builder.load(builder.gep(words, [ir.Constant(word, number)]))
                met = builder.and_(line(number), on_all_lanes(asked_word))
                total = builder.add(total, builder.call(count, [met]))
            builder.store(total, builder.bitcast(result, wide.as_pointer()), align=8)
            enough = builder.icmp_signed(">=", total, builder.add(line(WORDS), on_all_lanes(arguments[1])))
            return builder.zext(builder.bitcast(enough, ir.IntType(LANES)), word)

        return types.int64(asked, types.int64, block, types.int64, common), emit

    @intrinsic
    def _ask_for(typing: Any, filters: Any, row: Any) -> Any:  # pragma: no cover
        # The processor's own foresight stops at each page of 4 kB; asking ourselves gives a third more of memory.
        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            number, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
            rows = context.make_array(signature.args[0])(context, builder, arguments[0])
            start = builder.gep(rows.data, [builder.mul(arguments[1], ir.Constant(ir.IntType(64), WORDS))])
            kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
            declare: Any = cgutils.get_or_insert_function
            fetch = declare(builder.module, kind, "llvm.prefetch.p0i8")
            for line in range(0, WORDS, 8):
                place = builder.gep(start, [ir.Constant(ir.IntType(64), line)])
                how = [ir.Constant(number, value) for value in (0, 3, 1)]  # to read, keep near, data
                builder.call(fetch, [builder.bitcast(place, pointer), *how])
            return context.get_dummy_value()

        return types.void(filters, types.int64), emit

    @overload(shared_ones)
    def _compile_shared_ones(filters: Any, row: Any, query: Any) -> Any:  # pragma: no cover
        def count(filters: Any, row: Any, query: Any) -> Any:
            return _shared_ones(filters, row, query)  # type: ignore[call-arg]  # the compiler adds the first argument

        return count

    @overload(compare_lanes)
    def _compile_compare_lanes(asked: Any, lowest: Any, block: Any, lane: Any, common: Any) -> Any:  # pragma: no cover
        def compare(asked: Any, lowest: Any, block: Any, lane: Any, common: Any) -> Any:
            return _compare_lanes(asked, lowest, block, lane, common)  # type: ignore[call-arg]  # as above

        return compare

    @overload(ask_for)
    def _compile_ask_for(filters: Any, row: Any) -> Any:  # pragma: no cover
        def ask(filters: Any, row: Any) -> Any:
            return _ask_for(filters, row)  # type: ignore[call-arg]  # the compiler adds the first argument

        return ask
