using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling.Measuring;

/// <summary>Measures all columns of a table in one pass; wide tables take a few. A column that the engine cannot measure does not spoil the others.</summary>
internal sealed class TablePass(ProfileQueries queries, SqlDialect dialect, TableKey table)
{
    /// <summary>Engines have limits for the columns of a result.</summary>
    private const int MostColumns = 100;

    public async Task<IReadOnlyList<ColumnMeasures>> MeasureAsync(IReadOnlyList<MeasuredColumn> columns, CancellationToken cancellationToken)
    {
        var all = new List<ColumnMeasures>(columns.Count);
        foreach (var some in columns.Chunk(MostColumns)) all.AddRange(await MeasureTogetherAsync(some, cancellationToken).ConfigureAwait(false));
        var again = all.Where(measures => measures.HidIrregular).Select(measures => measures.Column with { IsIrregular = true }).ToArray();
        if (again.Length == 0) return all;
        var corrected = (await MeasureTogetherAsync(again, cancellationToken).ConfigureAwait(false)).ToDictionary(measures => measures.Column.Name);
        return [.. all.Select(measures => corrected.GetValueOrDefault(measures.Column.Name, measures))];
    }

    /// <summary>Where the query fails, the columns are halved until the one is found that makes it fail.</summary>
    private async Task<IReadOnlyList<ColumnMeasures>> MeasureTogetherAsync(MeasuredColumn[] columns, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(columns, cancellationToken).ConfigureAwait(false);
        }
        catch (QueryException exception) when (exception.Code == ErrorCodes.QueryFailed)
        {
            if (columns.Length == 1) return [new(columns[0]) { Error = exception }];
            var middle = columns.Length / 2;
            return
            [
                .. await MeasureTogetherAsync(columns[..middle], cancellationToken).ConfigureAwait(false),
                .. await MeasureTogetherAsync(columns[middle..], cancellationToken).ConfigureAwait(false),
            ];
        }
    }

    private async Task<IReadOnlyList<ColumnMeasures>> RunAsync(MeasuredColumn[] columns, CancellationToken cancellationToken)
    {
        var asked = columns.SelectMany(column => dialect.Measures(column), (column, measure) => (Column: column, measure.Measure, measure.Sql)).ToArray();
        var row = await queries.RowAsync($"SELECT {string.Join(", ", asked.Select(one => one.Sql))} FROM {Identifiers.Table(table)}", cancellationToken).ConfigureAwait(false);
        var measures = columns.ToDictionary(column => column.Name, column => new ColumnMeasures(column));
        for (var i = 0; i < asked.Length; i++) measures[asked[i].Column.Name][asked[i].Measure] = row[i];
        return [.. columns.Select(column => measures[column.Name])];
    }
}
