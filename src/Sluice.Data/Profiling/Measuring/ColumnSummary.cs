using System.Text.Json;
using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling.Measuring;

/// <summary>Puts together what the pass, the sample and the groupings say of a column.</summary>
internal sealed class ColumnSummary(ColumnSketch? sketch, ColumnMeasures measures, IReadOnlyDictionary<string, long>? groups, TableSample sample, long rows)
{
    private const int MostTopValues = 20;
    private const int MostMasks = 5;
    private const decimal LeastMaskShare = 0.02m;
    private const decimal LeastFormatShare = 0.05m;

    private readonly TypeFamily _family = measures.Column.Family;

    /// <summary>The counts of all values of the table; null when only some rows were looked at, or there are too many values.</summary>
    private IReadOnlyDictionary<string, long>? Exact => groups ?? (sample.IsComplete && sketch is { Values.IsExact: true, IsCut: false } && _family != TypeFamily.Binary ? sketch.Values.Counts : null);

    /// <summary>The profile.</summary>
    /// <param name="isUnique">Whether the database declares that every value is another.</param>
    /// <param name="isKey">Whether the column is part of a declared key or relation: its numbers are no list of meanings.</param>
    public ColumnProfile Create(bool isUnique, bool isKey)
    {
        if (measures.Error is not null) return new() { Rows = rows, ScannedRows = sample.Rows, IsSample = !sample.IsComplete };
        var personal = sketch is null ? null : PersonalData.KindOf(measures.Column.Name, _family, sketch.Formats, sketch.NonNull);
        var profile = Counted(isUnique) with { PersonalData = personal };
        return personal is not null ? profile : WithValues(profile, isKey);
    }

    /// <summary>The values of a column that has few, the most frequent first; none when it has many.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> EnumValues(ColumnProfile profile) => profile.IsEnum is true ? [.. Ordered(Exact!)] : [];

    private ColumnProfile Counted(bool isUnique)
    {
        var isText = _family == TypeFamily.Text;
        return new()
        {
            Rows = rows,
            ScannedRows = sample.Rows,
            IsSample = !sample.IsComplete,
            NullCount = rows - measures.NonNull,
            NullShare = ValueText.Share(rows - measures.NonNull, rows),
            EmptyCount = isText ? measures.Count(Measure.Empty) : null,
            BlankCount = isText ? measures.Count(Measure.Blank) : null,
            DistinctCount = Distinct(isUnique),
            IsDistinctEstimate = Distinct(isUnique) is null ? null : !isUnique && Exact is null,
            Mean = Rounded(measures.Mean),
            StandardDeviation = Rounded(measures.StandardDeviation),
            MinLength = isText && measures[Measure.MinLength] is not null ? measures.Count(Measure.MinLength) : null,
            MaxLength = isText && measures[Measure.MaxLength] is not null ? measures.Count(Measure.MaxLength) : null,
            MeanLength = Rounded(measures.Number(Measure.MeanLength)),
            Formats = Formats(),
            Masks = Masks(),
            StoredTypes = measures.Kinds.Count > 0 ? measures.Kinds : null,
        };
    }

    private ColumnProfile WithValues(ColumnProfile profile, bool isKey) => profile with
    {
        Min = Json(measures[Measure.Min]),
        Max = Json(measures[Measure.Max]),
        Quartiles = Quartiles(),
        TopValues = TopValues(),
        IsEnum = !isKey && IsEnum() ? true : null,
    };

    private long? Distinct(bool isUnique)
    {
        if (isUnique) return measures.NonNull;
        if (Exact is { } exact) return exact.Count;
        if (sketch is null || _family is TypeFamily.Binary) return null;
        return sample.IsComplete ? sketch.Values.Distinct : Math.Min(measures.NonNull, DistinctEstimate.Of(sketch.Values.Distinct, sketch.NonNull, measures.NonNull));
    }

    private List<JsonElement>? Quartiles()
    {
        if (_family.IsNumeric()) return sketch?.NumberQuartiles() is { } numbers ? [.. numbers.Select(number => ValueText.Json(number, isNumber: true))] : null;
        return _family.IsTemporal() && sketch?.InstantQuartiles() is { } instants ? [.. instants.Select(instant => ValueText.Json(instant, isNumber: false))] : null;
    }

    private List<ColumnProfile.TopValue>? TopValues()
    {
        if (_family is TypeFamily.Other or TypeFamily.Binary) return null;
        var (counts, whole) = Exact is { } exact ? (exact, rows) : (sketch?.Values.Counts, sample.Rows);
        return counts is not { Count: > 0 } ? null
            : [.. Ordered(counts).Take(MostTopValues).Select(value => new ColumnProfile.TopValue(Json(value.Key)!.Value, value.Value, ValueText.Share(value.Value, whole)))];
    }

    /// <summary>Few values that come again and again: under ten, or under one in a hundred rows.</summary>
    private bool IsEnum()
    {
        const int FewRows = 20, Few = 10, Most = 50, RowsPerValue = 100;
        if (_family is not (TypeFamily.Text or TypeFamily.Integer or TypeFamily.Boolean) || Exact is not { Count: >= 2 } values) return false;
        if (measures.NonNull < FewRows || values.Count > Most || values.Keys.Any(value => value.Length > ValueText.MostShown)) return false;
        return values.Count * (values.Count < Few ? 2L : RowsPerValue) <= measures.NonNull;
    }

    private List<ColumnProfile.FormatShare>? Formats()
    {
        // That dates are written as dates are says nothing that the type does not.
        if (sketch is null || (_family.IsTemporal() && sketch.Formats.Keys.All(TextFormat.IsIso))) return null;
        var shares = Ordered(sketch.Formats).Select(format => new ColumnProfile.FormatShare(format.Key, ValueText.Share(format.Value, sketch.NonNull)))
            .Where(format => format.Share >= LeastFormatShare).ToList();
        return shares.Count > 0 ? shares : null;
    }

    private List<ColumnProfile.MaskShare>? Masks()
    {
        if (sketch is null || _family != TypeFamily.Text) return null;
        var shares = Ordered(sketch.Masks).Take(MostMasks).Select(mask => new ColumnProfile.MaskShare(mask.Key, ValueText.Share(mask.Value, sketch.NonNull)))
            .Where(mask => mask.Share >= LeastMaskShare).ToList();
        return shares.Count > 0 ? shares : null;
    }

    private JsonElement? Json(object? value) => value is null ? null : ValueText.Json(value, _family.IsNumeric());

    private static JsonElement? Rounded(double? number) => number is { } known && double.IsFinite(known) ? ValueText.Rounded(known) : null;

    private static IEnumerable<KeyValuePair<string, long>> Ordered(IReadOnlyDictionary<string, long> counts) =>
        counts.OrderByDescending(value => value.Value).ThenBy(value => value.Key, CodePointComparer.Instance);
}
