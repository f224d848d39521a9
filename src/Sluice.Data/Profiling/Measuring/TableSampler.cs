using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling.Measuring;

/// <summary>Counts the rows of a table and looks at some of them.</summary>
internal sealed class TableSampler(ProfileQueries queries, SqlDialect dialect, TableDescription table, int sampleSize)
{
    public const string AllRows = "all";

    /// <summary>The most values of a sample: wide tables are sampled by fewer rows.</summary>
    private const int MostValues = 2_000_000;
    private const int MostColumns = 500;

    private readonly TableKey _key = new(table.Schema, table.Name);

    /// <summary>The most rows that are looked at.</summary>
    private long Size => Math.Min(sampleSize, Math.Max(100, MostValues / Math.Max(1, table.Columns.Count)));

    /// <summary>A row that changes with the table; its first value is the number of rows.</summary>
    public async Task<object?[]> MarkAsync(CancellationToken cancellationToken)
    {
        var marks = dialect.Marks(table, _key).ToArray();
        return await FirstAsync(marks, mark => queries.RowAsync(mark, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>All rows of a small table, or the same part of a large one each time.</summary>
    public async Task<TableSample> SampleAsync(long rows, CancellationToken cancellationToken)
    {
        var step = (rows + Size - 1) / Size;
        SampleMethod[] methods = step <= 1 ? [new(AllRows, Identifiers.Table(_key))] : [.. dialect.Samples(table, _key, step)];
        return await FirstAsync(methods, method => ReadAsync(method, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<TableSample> ReadAsync(SampleMethod method, CancellationToken cancellationToken)
    {
        var sketches = new List<ColumnSketch?>(table.Columns.Count);
        foreach (var columns in table.Columns.Chunk(MostColumns)) sketches.AddRange(await ReadAsync(method, columns, cancellationToken).ConfigureAwait(false));
        return new() { Method = method.Name, Columns = sketches, Rows = sketches.OfType<ColumnSketch>().Select(sketch => sketch.Rows).FirstOrDefault() };
    }

    private async Task<ColumnSketch?[]> ReadAsync(SampleMethod method, ColumnDescription[] columns, CancellationToken cancellationToken)
    {
        var families = Array.ConvertAll(columns, column => dialect.FamilyOf(column.DataType));
        var sketches = Array.ConvertAll(families, family => new ColumnSketch(family, dialect.TypesAreHints));
        var values = columns.Select((column, i) => dialect.Value(column.Name, families[i]));
        try
        {
            await queries.ReadAsync($"SELECT {string.Join(", ", values)} FROM {method.Source}", Add, cancellationToken).ConfigureAwait(false);
            return sketches;
        }
        catch (QueryException exception) when (exception.Code == ErrorCodes.QueryFailed && columns.Length > 1)
        {
            // Where rows cannot be taken so at all, no column is to blame.
            await queries.RowsAsync($"SELECT 1 FROM {method.Source}", maxRows: 1, cancellationToken).ConfigureAwait(false);
            var middle = columns.Length / 2;
            return
            [
                .. await ReadAsync(method, columns[..middle], cancellationToken).ConfigureAwait(false),
                .. await ReadAsync(method, columns[middle..], cancellationToken).ConfigureAwait(false),
            ];
        }
        catch (QueryException exception) when (exception.Code == ErrorCodes.QueryFailed && table.Columns.Count > 1)
        {
            return [null];
        }

        void Add(IQueryRows row)
        {
            for (var i = 0; i < sketches.Length; i++) sketches[i].Add(row.GetValue(i));
        }
    }

    /// <summary>What an engine can do with a table shows when it is asked.</summary>
    private static async Task<TResult> FirstAsync<TWay, TResult>(TWay[] ways, Func<TWay, Task<TResult>> tryAsync)
    {
        for (var i = 0; i < ways.Length - 1; i++)
        {
            try
            {
                return await tryAsync(ways[i]).ConfigureAwait(false);
            }
            catch (QueryException exception) when (exception.Code != ErrorCodes.QueryTimeout)
            {
                // The next way asks for less; what is wrong with the table itself fails it too.
            }
        }

        return await tryAsync(ways[^1]).ConfigureAwait(false);
    }
}
