"""The functions of GLPK that swiglpk does not offer: a search that lets other threads work, and its callback."""

import ctypes
import threading
from collections.abc import Callable
from typing import Any

CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
TEXT_HOOK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p)
FAULT_HOOK = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class _ParametersHead(ctypes.Structure):
    """The first fields of ``glp_iocp``, up to the callback, which swiglpk cannot set (glpk.h of GLPK 5.0)."""

    _fields_ = (
        ("msg_lev", ctypes.c_int),
        ("br_tech", ctypes.c_int),
        ("bt_tech", ctypes.c_int),
        ("tol_int", ctypes.c_double),
        ("tol_obj", ctypes.c_double),
        ("tm_lim", ctypes.c_int),
        ("out_frq", ctypes.c_int),
        ("out_dly", ctypes.c_int),
        ("cb_func", CALLBACK),
        ("cb_info", ctypes.c_void_p),
    )


class Tree:
    """The search tree, as a callback sees it."""

    def __init__(self, library: ctypes.CDLL, pointer: int) -> None:
        self._library, self._pointer = library, ctypes.c_void_p(pointer)

    @property
    def reason(self) -> int:
        """Why the callback is called: one of the ``GLP_I`` constants."""
        return int(self._library.glp_ios_reason(self._pointer))

    @property
    def bound(self) -> float | None:
        """Best bound of the open nodes; none where there are none."""
        node = self._library.glp_ios_best_node(self._pointer)
        return float(self._library.glp_ios_node_bound(self._pointer, node)) if node else None

    @property
    def objective(self) -> float:
        """Objective of the best point."""
        return float(self._library.glp_mip_obj_val(ctypes.c_void_p(self._library.glp_ios_get_prob(self._pointer))))

    @property
    def nodes(self) -> int:
        """Nodes made so far, those that are gone included."""
        total = ctypes.c_int()
        self._library.glp_ios_tree_size(self._pointer, None, None, ctypes.byref(total))
        return total.value

    def terminate(self) -> None:
        """End the search."""
        self._library.glp_ios_terminate(self._pointer)


class GlpkLibrary:
    """The library that swiglpk brings, called without holding up the other threads of Python."""

    def __init__(self, swiglpk: Any) -> None:
        self._library = ctypes.CDLL(swiglpk._swiglpk.__file__)
        pointer, number, real = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
        signatures: dict[str, tuple[Any, list[Any]]] = {
            "glp_intopt": (number, [pointer, pointer]),
            "glp_ios_reason": (number, [pointer]),
            "glp_ios_best_node": (number, [pointer]),
            "glp_ios_node_bound": (real, [pointer, number]),
            "glp_ios_get_prob": (pointer, [pointer]),
            "glp_ios_terminate": (None, [pointer]),
            "glp_ios_tree_size": (None, [pointer, pointer, pointer, pointer]),
            "glp_mip_obj_val": (real, [pointer]),
            "glp_term_hook": (None, [TEXT_HOOK, pointer]),
            "glp_error_hook": (None, [FAULT_HOOK, pointer]),
        }
        for name, (result, arguments) in signatures.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments

    def tell_faults(self, tell: Callable[[str], None]) -> None:
        """Tell the faults that GLPK finds in this thread, which then waits for ever.

        GLPK ends the process once its hook returns, and has no other way out of a fault; so the hook does not return.
        """
        said: list[str] = []

        def keep(_: int | None, text: bytes) -> int:
            said.append(text.decode("utf-8", "replace"))
            return 1

        def halt(_: int | None) -> None:
            tell(" ".join("".join(said[-2:]).split()))
            threading.Event().wait()

        self._hooks = TEXT_HOOK(keep), FAULT_HOOK(halt)
        self._library.glp_term_hook(self._hooks[0], None)
        self._library.glp_error_hook(self._hooks[1], None)

    def search(self, problem: Any, parameters: Any, listen: Callable[[Tree], None]) -> int:
        """Solve a problem of swiglpk with its parameters; the code that ``glp_intopt`` returns.

        Parameters
        ----------
        problem, parameters : objects of swiglpk
            A ``glp_prob`` and a ``glp_iocp``.
        listen : callable
            Called with the tree at each of GLPK's callbacks.
        """

        def heard(pointer: int, _: int | None) -> None:
            listen(Tree(self._library, pointer))

        kept = CALLBACK(heard)
        _ParametersHead.from_address(int(parameters.this)).cb_func = kept
        return int(self._library.glp_intopt(int(problem), int(parameters.this)))
