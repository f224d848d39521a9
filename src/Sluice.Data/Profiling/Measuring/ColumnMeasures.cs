using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling.Measuring;

/// <summary>What the pass over a table gave for one column.</summary>
internal sealed class ColumnMeasures(MeasuredColumn column)
{
    private readonly Dictionary<Measure, object?> _values = [];

    public MeasuredColumn Column => column;

    /// <summary>Why the column could not be measured; null when it was.</summary>
    public SluiceException? Error { get; init; }

    public long NonNull => Count(Measure.NonNull);

    /// <summary>How many values are numbers, texts or bytes; empty where the engine keeps types.</summary>
    public IReadOnlyDictionary<string, long> Kinds => !_values.ContainsKey(Measure.Texts) ? new Dictionary<string, long>() : new (string Name, long Count)[]
    {
        ("integer", Count(Measure.Integers)), ("real", Count(Measure.Reals)), ("text", Count(Measure.Texts)),
        ("blob", NonNull - Count(Measure.Integers) - Count(Measure.Reals) - Count(Measure.Texts)),
    }.Where(kind => kind.Count > 0).ToDictionary(kind => kind.Name, kind => kind.Count);

    /// <summary>Whether values showed that the sample did not, and that its statistics have to leave out.</summary>
    public bool HidIrregular => !column.IsIrregular && ((Kinds.Count > 0 && Regular() != NonNull) || IsNotFinite());

    public object? this[Measure measure]
    {
        get => _values.GetValueOrDefault(measure);
        set => _values[measure] = value;
    }

    public long Count(Measure measure) => ValueText.Number(this[measure]) is { } count ? (long)count : 0;

    public double? Number(Measure measure) => ValueText.Number(this[measure]);

    public double? Mean => Number(Measure.Mean) ?? (Number(Measure.MeanDistance) + column.Center);

    public double? StandardDeviation => (Number(Measure.Variance) ?? (Number(Measure.MeanSquare) - (Number(Measure.MeanDistance) * Number(Measure.MeanDistance)))) is { } variance
        ? Math.Sqrt(Math.Max(0, variance))
        : null;

    /// <summary>How many values are of the kind that is measured.</summary>
    private long Regular() => column.Family switch
    {
        TypeFamily.Integer or TypeFamily.Number => Count(Measure.Integers) + Count(Measure.Reals),
        TypeFamily.Text or TypeFamily.Date or TypeFamily.Timestamp or TypeFamily.Time => Count(Measure.Texts),
        _ => NonNull,
    };

    private bool IsNotFinite() => column.Family.IsNumeric() && NonNull > 0 && (Mean is null || StandardDeviation is null || Number(Measure.Max) is null || Number(Measure.Min) is null);
}
