from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..lib.plain_text import to_html, to_text
from ..lib.text_diff import diff_words
from ..lib.weighted_progress import percent, tree_progress

# Other work on the machine makes it slow, not what is drawn.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestProgressArithmetic(BaseCase):
    """Exact for any tree, and never 100 % before all is done."""

    @calm
    @given(
        st.lists(
            st.tuples(st.integers(0, 1000), st.integers(0, 100), st.booleans()),
            min_size=1,
            max_size=12,
        )
    )
    def test_a_whole_is_the_weighted_mean_of_its_parts(self, parts):
        nodes = {0: (None, 1, Fraction(0))}
        for number, (weight, own, stopped) in enumerate(parts, 1):
            nodes[number] = (0, weight, None if stopped else Fraction(own, 100))
        whole = tree_progress(nodes)[0]
        going = [(weight, own) for weight, own, stopped in parts if not stopped]
        if not any(weight for weight, _own in going):
            going = [(1, own) for _weight, own in going]
        total = sum(weight for weight, _own in going)
        expected = sum(weight * own for weight, own in going)
        self.assertEqual(whole * 100 * total, expected)
        self.assertEqual(whole == 1, bool(going) and expected == total * 100)

    @calm
    @given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 3))
    def test_percent(self, done, total, digits):
        progress = Fraction(min(done, total), total)
        shown = percent(progress, digits)
        self.assertEqual(shown == 100, progress == 1)
        self.assertLessEqual(abs(Fraction(str(shown)) - progress * 100), Fraction(1, 10**digits))

    @calm
    @given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 100))
    def test_depth_does_not_round(self, width, depth, own):
        nodes, last = {0: (None, 1, Fraction(0))}, [0]
        for _level in range(depth):
            new = []
            for parent in last:
                for _child in range(width):
                    nodes[len(nodes)] = (parent, 3, Fraction(own, 100))
                    new.append(len(nodes) - 1)
            last = new
        self.assertEqual(tree_progress(nodes)[0], Fraction(own, 100))

    @calm
    @given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
    def test_differences_give_both_texts(self, old, new):
        parts = diff_words(old, new)
        self.assertEqual("".join(text for kind, text in parts if kind != "new"), old)
        self.assertEqual("".join(text for kind, text in parts if kind != "gone"), new)

    @calm
    @given(st.lists(st.sampled_from(["a b", "- x", "<i>", "&amp;", "", "* y"]), max_size=10))
    def test_typed_text_comes_back(self, lines):
        once = to_text(to_html("\n".join(lines)))
        self.assertEqual(to_text(to_html(once)), once)
