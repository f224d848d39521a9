namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Which properties or items of the current value some keyword has looked at, by their position.</summary>
internal sealed class EvaluatedPositions
{
    private ulong[] words = new ulong[4];
    private int used;

    public bool this[int position] => position >> 6 < used && (words[position >> 6] & (1UL << position)) != 0;

    public void Add(int position)
    {
        Grow((position >> 6) + 1);
        words[position >> 6] |= 1UL << position;
    }

    public void Add(EvaluatedPositions other)
    {
        Grow(other.used);
        for (var i = 0; i < other.used; i++) words[i] |= other.words[i];
    }

    public void Clear()
    {
        Array.Clear(words, 0, used);
        used = 0;
    }

    private void Grow(int count)
    {
        if (count <= used) return;
        if (count > words.Length) Array.Resize(ref words, Math.Max(count, words.Length * 2));
        used = count;
    }
}
