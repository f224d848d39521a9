using System.Globalization;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Output;

/// <summary>How records are shown.</summary>
internal static class RecordOutput
{
    /// <summary>A list: a table, an array, or a line for each.</summary>
    public static void WriteList<T>(Invocation invocation, IReadOnlyList<T> items, IReadOnlyList<string> columns, Func<T, IReadOnlyList<TextCell>> cells)
    {
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                invocation.Terminal.WriteJson(items);
                return;
            case OutputFormat.Ndjson:
                foreach (var item in items) invocation.Terminal.WriteEvent(item);
                return;
        }

        if (items.Count == 0) return;
        var table = new TextTable(columns);
        foreach (var item in items) table.Add(cells(item));
        table.WriteTo(invocation.Terminal);
    }

    /// <summary>One thing: as text, a document, or a line.</summary>
    public static void WriteOne<T>(Invocation invocation, T item, Func<T, string> text)
    {
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                invocation.Terminal.WriteJson(item);
                break;
            case OutputFormat.Ndjson:
                invocation.Terminal.WriteEvent(item);
                break;
            default:
                invocation.Terminal.Out.WriteLine(VisibleText.OfLines(text(item).TrimEnd('\n')));
                break;
        }
    }

    /// <summary>Where a run stands, and why it ended.</summary>
    public static string State(RunRecord run) => run switch
    {
        { Error: { } error } => $"failed ({error.Code})",
        { State: RunState.Finished, FinishReason: { } reason and not FinishReason.Stop } => $"finished ({WireName.Of(reason)})",
        _ => WireName.Of(run.State),
    };

    /// <summary>A time in a table: with the id of a run beside it, a row fits into 80 columns.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
