namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Which properties or items of the current value some keyword has looked at, by their position.</summary>
internal sealed class EvaluatedPositions
{
    private ulong[] _words = new ulong[4];
    private int _used;

    public bool this[int position] => position >> 6 < _used && (_words[position >> 6] & (1UL << position)) != 0;

    public void Add(int position)
    {
        Grow((position >> 6) + 1);
        _words[position >> 6] |= 1UL << position;
    }

    public void Add(EvaluatedPositions other)
    {
        Grow(other._used);
        for (var i = 0; i < other._used; i++) _words[i] |= other._words[i];
    }

    public void Clear()
    {
        Array.Clear(_words, 0, _used);
        _used = 0;
    }

    private void Grow(int count)
    {
        if (count <= _used) return;
        if (count > _words.Length) Array.Resize(ref _words, Math.Max(count, _words.Length * 2));
        _used = count;
    }
}
