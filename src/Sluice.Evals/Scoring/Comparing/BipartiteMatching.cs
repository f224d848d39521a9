namespace Sluice.Evals.Scoring.Comparing;

/// <summary>
/// The largest set of pairs in which each item of two lists is used at most once, after Hopcroft and Karp, "An n^5/2 Algorithm for Maximum
/// Matchings in Bipartite Graphs" (1973). A greedy choice can miss pairs: the first item may take the only partner of the second.
/// </summary>
internal sealed class BipartiteMatching
{
    private const int None = -1;
    private const int Unreached = int.MaxValue;

    private readonly int[][] _partners;
    private readonly int[] _rightOf;
    private readonly int[] _leftOf;
    private readonly int[] _layer;
    private readonly int[] _next;
    private readonly Stack<int> _path = new();

    private BipartiteMatching(int[][] partners, int rightCount)
    {
        _partners = partners;
        _rightOf = new int[partners.Length];
        _leftOf = new int[rightCount];
        _layer = new int[partners.Length];
        _next = new int[partners.Length];
        Array.Fill(_rightOf, None);
        Array.Fill(_leftOf, None);
    }

    /// <summary>Finds the pairs, of items of which each left and right one are asked about once.</summary>
    /// <returns>Per left item its right one, or -1. Where there is a choice, items pair up in their order.</returns>
    public static int[] Find(int leftCount, int rightCount, Func<int, int, bool> fits) => Find(PartnersOf(leftCount, rightCount, fits), rightCount);

    /// <summary>Finds the pairs.</summary>
    /// <param name="partners">Per left item, the right ones that it may be paired with.</param>
    /// <param name="rightCount">How many right items there are.</param>
    /// <returns>Per left item its right one, or -1. Where there is a choice, items pair up in their order.</returns>
    public static int[] Find(int[][] partners, int rightCount)
    {
        var matching = new BipartiteMatching(partners, rightCount);
        matching.PairGreedily();
        while (matching._rightOf.Contains(None) && matching.FindLayers()) matching.Augment();
        return matching._rightOf;
    }

    /// <summary>Per left item, the right ones that it may be paired with, in order.</summary>
    public static int[][] PartnersOf(int leftCount, int rightCount, Func<int, int, bool> fits)
    {
        var partners = new int[leftCount][];
        var found = new List<int>();
        for (var left = 0; left < leftCount; left++)
        {
            for (var right = 0; right < rightCount; right++)
            {
                if (fits(left, right)) found.Add(right);
            }
            partners[left] = [.. found];
            found.Clear();
        }
        return partners;
    }

    private void PairGreedily()
    {
        for (var left = 0; left < _partners.Length; left++)
        {
            var free = Array.FindIndex(_partners[left], right => _leftOf[right] == None);
            if (free >= 0) Pair(left, _partners[left][free]);
        }
    }

    /// <summary>Numbers left items by how many pairs have to change before they are free; false when no further pair can be made.</summary>
    private bool FindLayers()
    {
        var reached = new Queue<int>();
        for (var left = 0; left < _partners.Length; left++)
        {
            _layer[left] = _rightOf[left] == None ? 0 : Unreached;
            if (_rightOf[left] == None) reached.Enqueue(left);
        }
        var isOpen = false;
        while (reached.TryDequeue(out var left))
        {
            foreach (var right in _partners[left])
            {
                var other = _leftOf[right];
                if (other == None) isOpen = true;
                else if (_layer[other] == Unreached)
                {
                    _layer[other] = _layer[left] + 1;
                    reached.Enqueue(other);
                }
            }
        }
        return isOpen;
    }

    private void Augment()
    {
        Array.Clear(_next);
        for (var left = 0; left < _partners.Length; left++)
        {
            if (_rightOf[left] == None) TryAugment(left);
        }
    }

    /// <summary>Looks for a way along the layers to a free right item, and pairs everything on the way anew. Long ways take no call stack.</summary>
    private void TryAugment(int start)
    {
        _path.Clear();
        _path.Push(start);
        while (_path.TryPeek(out var left))
        {
            if (_next[left] == _partners[left].Length)
            {
                _layer[left] = Unreached;
                _path.Pop();
                continue;
            }
            var right = _partners[left][_next[left]++];
            var other = _leftOf[right];
            if (other == None)
            {
                PairAlongPath(right);
                return;
            }
            if (_layer[other] == _layer[left] + 1) _path.Push(other);
        }
    }

    private void PairAlongPath(int right)
    {
        while (_path.TryPop(out var left))
        {
            var given = _rightOf[left];
            Pair(left, right);
            right = given;
        }
    }

    private void Pair(int left, int right)
    {
        _rightOf[left] = right;
        _leftOf[right] = left;
    }
}
