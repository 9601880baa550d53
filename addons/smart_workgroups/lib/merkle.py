"""The Merkle tree of RFC 6962: one hash that stands for a list, and proofs that something is in it.

A leaf is hashed with a zero byte before it and a node with a one, so that no node is taken for a
leaf; a tree that is not full is not filled up with copies.
"""

from hashlib import sha256


def leaf_hash(data):
    """Return the hash of a leaf.

    >>> leaf_hash(b"").hex()
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
    """
    return sha256(b"\x00" + data).digest()


def node_hash(left, right):
    """Return the hash of two hashes side by side."""
    return sha256(b"\x01" + left + right).digest()


def _split(count):
    """Return the largest power of two that is less than ``count``.

    >>> [_split(count) for count in (2, 3, 4, 5, 8, 9)]
    [1, 2, 2, 4, 4, 8]
    """
    return 1 << (count - 1).bit_length() - 1


def merkle_root(leaves):
    """Return the root over a list of bytes; of nothing, the hash of nothing.

    >>> merkle_root([]).hex()
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    >>> merkle_root([b"a", b"b"]) == node_hash(leaf_hash(b"a"), leaf_hash(b"b"))
    True
    """
    if not leaves:
        return sha256(b"").digest()
    # Level by level, from the left; an odd one at the end goes up as it is, which is the same tree.
    level = [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [node_hash(level[index], level[index + 1]) for index in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def audit_path(index, leaves):
    """Return the hashes that prove that leaf ``index`` is under the root, from below.

    >>> len(audit_path(0, [b"a", b"b", b"c"]))
    2
    """
    if not 0 <= index < len(leaves):
        raise ValueError(f"there is no leaf {index} of {len(leaves)}")
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*audit_path(index, leaves[:middle]), merkle_root(leaves[middle:])]
    return [*audit_path(index - middle, leaves[middle:]), merkle_root(leaves[:middle])]


def verify_path(leaf, index, count, path, root):
    """Return whether a path proves that a leaf is at ``index`` of ``count`` under a root.

    >>> leaves = [b"a", b"b", b"c"]
    >>> verify_path(b"c", 2, 3, audit_path(2, leaves), merkle_root(leaves))
    True
    >>> verify_path(b"x", 2, 3, audit_path(2, leaves), merkle_root(leaves))
    False
    """
    if not 0 <= index < count:
        return False
    position, last, found = index, count - 1, leaf_hash(leaf)
    for other in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(other, found)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            found = node_hash(found, other)
        position >>= 1
        last >>= 1
    return last == 0 and found == root
