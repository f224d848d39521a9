namespace Inventory.Data.Generation;

/// <summary>Which rows get which kind of dirt. The kinds never meet on one row, so that each can be counted.</summary>
internal sealed class DirtyPicks<TKind>
    where TKind : struct, Enum
{
    private readonly Dictionary<long, TKind> _picks = [];

    public DirtyPicks(SeededRandom random, long rows, params ReadOnlySpan<(TKind Kind, int Count)> kinds)
    {
        foreach (var (kind, count) in kinds)
        {
            for (var placed = 0; placed < count;)
            {
                if (_picks.TryAdd(random.NextBelow(rows), kind))
                    placed++;
            }
        }
    }

    public TKind At(long row) => _picks.GetValueOrDefault(row);
}
