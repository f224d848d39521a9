using System.Runtime.InteropServices;
using System.Text;
using Sluice.Data.Profiling.Dialects;

namespace Sluice.Data.Profiling.Values;

/// <summary>What the rows of a sample show of one column.</summary>
/// <param name="declared">What is measured of it by its type; null when the type says nothing.</param>
/// <param name="typesAreHints">Whether values may be of other kinds than the type says.</param>
internal sealed class ColumnSketch(TypeFamily? declared, bool typesAreHints)
{
    /// <summary>From here on a text may have been cut when it was read.</summary>
    private const int MayBeCut = 256;
    private const int MostMasks = 10_000;
    private const int LongestCard = 19;

    private readonly List<double> _numbers = [];
    private readonly List<string> _instants = [];
    private long _integers;
    private long _reals;
    private long _texts;
    private long _binaries;
    private long _notFinite;
    private long _bytes;

    public long Rows { get; private set; }

    public long NonNull { get; private set; }

    /// <summary>Whether a text was so long that only its beginning was read.</summary>
    public bool IsCut { get; private set; }

    public ValueCounts Values { get; } = new();

    public Dictionary<string, long> Masks { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Formats { get; } = new(StringComparer.Ordinal);

    /// <summary>The mean size of a value as a text, in bytes.</summary>
    public double MeanBytes => Rows == 0 ? 0 : (double)_bytes / Rows;

    /// <summary>A number near the mean.</summary>
    public double Center => _numbers.Count == 0 ? 0 : Math.Round(_numbers.Average());

    /// <summary>A number that is another when the values are.</summary>
    public ulong Hash => StableHash.Mix(Values.Hash + (ulong)Rows);

    public void Add(object? value)
    {
        Rows++;
        if (value is null) return;
        NonNull++;
        var text = ValueText.Of(value);
        _bytes += Encoding.UTF8.GetByteCount(text);
        Count(value, text);
        if (value is not byte[]) Values.Add(text);
    }

    /// <summary>Whether there are values that its statistics have to leave out.</summary>
    public bool IsIrregular => _notFinite > 0 || (typesAreHints && new[] { _integers + _reals, _texts, _binaries }.Count(count => count > 0) > 1);

    /// <summary>What is measured of the column: what its type says, corrected by what is in it where types are hints.</summary>
    public TypeFamily Family()
    {
        if (!typesAreHints || NonNull == 0) return declared ?? TypeFamily.Text;
        var numbers = _integers + _reals;
        if (_binaries * 2 > NonNull) return TypeFamily.Binary;
        if (numbers >= _texts) return declared is TypeFamily.Number || _reals > 0 ? TypeFamily.Number : TypeFamily.Integer;
        return declared is { } family && family.IsTemporal() ? family : TypeFamily.Text;
    }

    public double[]? NumberQuartiles() => Quartiles.Of(_numbers, Comparer<double>.Default);

    public string[]? InstantQuartiles() => Quartiles.Of(_instants, CodePointComparer.Instance);

    private void Count(object value, string text)
    {
        switch (value)
        {
            case long number:
                _integers++;
                _numbers.Add(number);
                if (text.Length <= LongestCard && Checksum.IsPaymentCard(text)) Increment(Formats, TextFormat.PaymentCard);
                break;
            // Numbers that no type here holds come as texts.
            case double or decimal:
            case string when !typesAreHints && declared?.IsNumeric() == true:
                _reals++;
                if (ValueText.Number(value) is { } real) _numbers.Add(real);
                else _notFinite++;
                break;
            case string:
                _texts++;
                if (declared?.IsTemporal() == true) _instants.Add(text);
                AddText(text);
                break;
            case byte[]:
                _binaries++;
                break;
            case DateOnly or DateTime or DateTimeOffset or TimeOnly:
                _instants.Add(text);
                break;
        }
    }

    private void AddText(string text)
    {
        IsCut |= text.Length >= MayBeCut;
        if (ValueMask.Of(text) is { } mask && (Masks.Count < MostMasks || Masks.ContainsKey(mask))) Increment(Masks, mask);
        if (TextFormat.Of(text) is { } format) Increment(Formats, format);
    }

    private static void Increment(Dictionary<string, long> counts, string key) => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
