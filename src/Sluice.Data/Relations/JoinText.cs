using System.Text;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Relations;

/// <summary>A path as the FROM clause of a query.</summary>
internal static class JoinText
{
    public static string Of(RelationPath path)
    {
        var text = new StringBuilder("FROM ").Append(Identifiers.Table(path.Steps[0].Source));
        foreach (var step in path.Steps)
        {
            // A table that refers to itself is joined under a second name.
            var alias = step.Source == step.TargetTable ? Identifiers.Quote($"{step.TargetTable.Name}_2") : null;
            text.Append(" JOIN ").Append(Identifiers.Table(step.TargetTable));
            if (alias is not null) text.Append(" AS ").Append(alias);
            text.Append(" ON ").AppendJoin(" AND ", step.SourceColumns.Zip(step.TargetColumns, (source, target) =>
                $"{Column(step.Source, null, source)} = {Column(step.TargetTable, alias, target)}"));
        }

        return text.ToString();
    }

    private static string Column(TableKey table, string? alias, string column) => $"{alias ?? Identifiers.Table(table)}.{Identifiers.Quote(column)}";
}
