using Sluice.Data.Profiling.Dialects;

namespace Sluice.Data.Profiling;

/// <summary>What stays known of a table that could not be profiled: what the database says of it, and why.</summary>
internal static class FailedTable
{
    /// <summary>The profile. Its signature is none, so that the table is tried again each time.</summary>
    public static TableProfile Of(TableDescription table, SqlDialect dialect, SluiceException exception) => new()
    {
        Table = table,
        Signature = "",
        Columns = [.. table.Columns.Select((column, i) => new ProfiledColumn { Column = column, Ordinal = i + 1, Family = dialect.FamilyOf(column.DataType) ?? TypeFamily.Text })],
        Findings = [new() { Rule = "profiling_failed", Message = $"The table could not be profiled ({exception.Code}). {exception.Message}" }],
    };
}
