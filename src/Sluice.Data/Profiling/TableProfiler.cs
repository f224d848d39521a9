using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Findings;
using Sluice.Data.Profiling.Inference;
using Sluice.Data.Profiling.Measuring;

namespace Sluice.Data.Profiling;

/// <summary>Profiles one table: mark, sample, pass, values of columns that have few, keys, findings.</summary>
internal sealed class TableProfiler(ProfileQueries queries, SqlDialect dialect, ProfilingOptions options, DateOnly today)
{
    /// <summary>Profiles a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="known">The signature that it had when it was profiled; null: it is profiled in any case.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <returns>Null when it is what it was.</returns>
    public async Task<TableProfile?> ProfileAsync(TableDescription table, string? known, CancellationToken cancellationToken)
    {
        if (options.SchemaOnly) return TableSignature.OfSchema(table) is var schema && schema == known ? null : OfSchema(table, schema);
        var (mark, sample, signature) = await SignAsync(table, known, cancellationToken).ConfigureAwait(false);
        if (signature == known) return null;
        sample ??= await SamplerOf(table).SampleAsync(RowsOf(mark), cancellationToken).ConfigureAwait(false);
        var columns = await MeasureAsync(table, mark, sample, cancellationToken).ConfigureAwait(false);
        var profile = new TableProfile { Table = table, Signature = signature, Rows = RowsOf(mark), Sample = sample, Columns = columns };
        profile = profile with { LikelyKeys = await new KeyInference(queries, profile).InferAsync(cancellationToken).ConfigureAwait(false) };
        return profile with { Findings = await new FindingRules(queries, dialect, profile, today).FindAsync(cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Counts the rows of a table, and says whether it is what it was.</summary>
    public async Task<(long? Rows, bool IsUnchanged)> CheckAsync(TableDescription table, string? known, CancellationToken cancellationToken)
    {
        if (options.SchemaOnly) return (null, TableSignature.OfSchema(table) == known);
        var (mark, _, signature) = await SignAsync(table, known, cancellationToken).ConfigureAwait(false);
        return (RowsOf(mark), signature == known);
    }

    /// <summary>The sample is only taken where it is needed to tell.</summary>
    private async Task<(object?[] Mark, TableSample? Sample, string Signature)> SignAsync(TableDescription table, string? known, CancellationToken cancellationToken)
    {
        var sampler = SamplerOf(table);
        var mark = await sampler.MarkAsync(cancellationToken).ConfigureAwait(false);
        var sample = dialect.MarksAreExact ? null : await sampler.SampleAsync(RowsOf(mark), cancellationToken).ConfigureAwait(false);
        return (mark, sample, TableSignature.Of(table, options, mark, sample));
    }

    private async Task<IReadOnlyList<ProfiledColumn>> MeasureAsync(TableDescription table, object?[] mark, TableSample sample, CancellationToken cancellationToken)
    {
        var asked = table.Columns.Select((column, i) => sample.Columns[i] is { } sketch
            ? new MeasuredColumn(column.Name, sketch.Family(), sketch.IsIrregular, sketch.Center)
            : new(column.Name, TypeFamily.Other)).ToArray();
        var measures = await new TablePass(queries, dialect, new(table.Schema, table.Name)).MeasureAsync(asked, cancellationToken).ConfigureAwait(false);
        var groups = new ValueGroups(queries, dialect, table, mark);
        var columns = new List<ProfiledColumn>(asked.Length);
        for (var i = 0; i < asked.Length; i++)
        {
            var sketch = sample.Columns[i];
            var counts = !sample.IsComplete && HasFewValues(sketch, asked[i].Family)
                ? await groups.CountAsync(asked[i].Name, asked[i].Family, cancellationToken).ConfigureAwait(false)
                : null;
            columns.Add(Summarize(table, i, sketch, measures[i], new(sketch, measures[i], counts, sample, RowsOf(mark))));
        }

        return columns;
    }

    private static ProfiledColumn Summarize(TableDescription table, int index, Values.ColumnSketch? sketch, ColumnMeasures measures, ColumnSummary summary)
    {
        var column = table.Columns[index];
        var isKey = table.PrimaryKey.Concat(table.ForeignKeys.SelectMany(key => key.Columns)).Contains(column.Name, StringComparer.OrdinalIgnoreCase);
        var profile = summary.Create(Keys.AreUnique(table, [column.Name]), isKey);
        return new()
        {
            Column = column,
            Ordinal = index + 1,
            Family = measures.Column.Family,
            Profile = profile,
            Sketch = sketch,
            Measures = measures,
            EnumValues = summary.EnumValues(profile),
        };
    }

    private TableProfile OfSchema(TableDescription table, string signature) => new()
    {
        Table = table,
        Signature = signature,
        Columns = [.. table.Columns.Select((column, i) => new ProfiledColumn { Column = column, Ordinal = i + 1, Family = dialect.FamilyOf(column.DataType) ?? TypeFamily.Text })],
    };

    private static bool HasFewValues(Values.ColumnSketch? sketch, TypeFamily family) =>
        sketch is { NonNull: > 0, Values.IsExact: true } && sketch.Values.Distinct <= ValueGroups.MostValues && family is not (TypeFamily.Other or TypeFamily.Binary)
        // Values that hardly ever come twice are many, whatever the sample holds of them.
        && sketch.Values.Distinct * 2 <= sketch.NonNull;

    private TableSampler SamplerOf(TableDescription table) => new(queries, dialect, table, options.SampleSize);

    private static long RowsOf(object?[] mark) => (long)(Values.ValueText.Number(mark[0]) ?? 0);
}
