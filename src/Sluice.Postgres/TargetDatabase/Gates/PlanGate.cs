using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>Judges a plan: the engine itself says which relations, columns and functions a statement would touch.</summary>
internal sealed class PlanGate(Reach reach)
{
    /// <summary>The nodes of plans that read. One that a later version adds is refused until it is looked at.</summary>
    private static readonly HashSet<string> Nodes =
    [
        "Result", "ProjectSet", "Append", "Merge Append", "Recursive Union", "BitmapAnd", "BitmapOr", "Nested Loop", "Merge Join", "Hash Join",
        "Seq Scan", "Sample Scan", "Gather", "Gather Merge", "Index Scan", "Index Only Scan", "Bitmap Index Scan", "Bitmap Heap Scan", "Tid Scan",
        "Tid Range Scan", "Subquery Scan", "Function Scan", "Table Function Scan", "Values Scan", "CTE Scan", "WorkTable Scan", "Foreign Scan",
        "Materialize", "Memoize", "Sort", "Incremental Sort", "Group", "Aggregate", "WindowAgg", "Unique", "SetOp", "Limit", "Hash",
    ];

    /// <summary>Looks at each step of the plan, and at its cost.</summary>
    /// <exception cref="QueryException">The plan touches what it may not, or costs too much.</exception>
    public void Check(SqlStatement statement, QueryPlan plan, RelationOrigins origins)
    {
        foreach (var type in plan.NodeTypes) CheckNode(type);
        if (plan.HasUnnamedSource)
            throw new QueryException(ErrorCodes.QueryRefused, "foreign_relation", "The statement would be run in part by another server. Read its foreign tables one by one.");
        foreach (var scan in plan.Scans) CheckScan(statement, scan, origins);
        foreach (var (schema, name) in plan.Functions) CheckFunction(schema, name);
        CheckExpressions(plan, origins);
        // An estimate is of all rows, also those that policies keep back: to be refused or not by it would tell their values, one bit at a time.
        if (reach.Settings.IsEmpty && reach.MaxCost is { } limit && plan.Cost > limit)
            throw new QueryException(
                ErrorCodes.QueryRefused, "cost",
                $"The planner estimates a cost of {plan.Cost:0}, and at most {limit:0} is allowed. Read less: add conditions, a LIMIT on what is joined, or join on keys.");
    }

    public static QueryException RefusedRelation(string schema, string name, Reach reach) =>
        new(ErrorCodes.QueryRefused, "relation_not_allowed",
            $"The relation '{schema}.{name}' may not be read here. Tables of {string.Join(", ", reach.Schemas.Select(found => $"'{found}'"))} that the guard allows may.")
        {
            ObjectName = $"{schema}.{name}",
        };

    private static void CheckNode(string type)
    {
        if (Nodes.Contains(type)) return;
        var (rule, message) = type switch
        {
            "ModifyTable" => ("writes", "The statement writes (INSERT, UPDATE, DELETE or MERGE). Only statements that read are run here."),
            "LockRows" => ("locks_rows", "FOR UPDATE and FOR SHARE lock rows. Leave the clause out."),
            _ => ("plan_node", $"The plan has a step '{type}' that is not known to only read."),
        };
        throw new QueryException(ErrorCodes.QueryRefused, rule, message) { ObjectName = type };
    }

    /// <summary>What a view or a policy reads may be read through it, but not by its own name in the same statement.</summary>
    private void CheckScan(SqlStatement statement, PlanScan scan, RelationOrigins origins)
    {
        if (!reach.Settings.IsEmpty && origins.IsSequence(scan))
            throw new QueryException(ErrorCodes.QueryRefused, "sequence", "A sequence tells of rows that may not be read. Count rows of a table.") { ObjectName = $"{scan.Schema}.{scan.Name}" };
        if (origins.ParentsOf(scan).Any(parent => reach.AllowsTable(parent.Schema, parent.Name))) return;
        var isNamed = origins.ParentsOf(scan).Any(parent => statement.Names.Contains(parent.Name));
        if (isNamed || !origins.ParentsOf(scan).Any(origins.IsBehind)) throw RefusedRelation(scan.Schema, scan.Name, reach);
    }

    private static void CheckFunction(string schema, string name)
    {
        if (schema == FoundFunction.EngineSchema && EngineFunctions.IsDenied(name))
            throw new QueryException(ErrorCodes.QueryRefused, "function_denied", $"The statement reads from the function '{name}', which shows the server itself.") { ObjectName = name };
    }

    private void CheckExpressions(QueryPlan plan, RelationOrigins origins)
    {
        if (!reach.HasDeniedColumns) return;
        var scans = plan.Scans.GroupBy(scan => scan.Alias).ToDictionary(group => group.Key, group => group.First());
        foreach (var expression in plan.Expressions)
        {
            var tokens = SqlLexer.Read(expression, isOfPlan: true);
            CheckColumns(tokens, scans, origins);
            if (plan.Scans is [var only]) CheckLoneColumns(tokens, only, origins);
        }
    }

    /// <summary>In the plan of one relation the engine writes columns without its name.</summary>
    private void CheckLoneColumns(IReadOnlyList<SqlToken> tokens, PlanScan scan, RelationOrigins origins)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var isAlone = tokens[i].IsName && (i == 0 || (!tokens[i - 1].IsSymbol('.') && !tokens[i - 1].IsSymbol(':')))
                && (i + 1 == tokens.Count || (!tokens[i + 1].IsSymbol('.') && !tokens[i + 1].IsSymbol('(')));
            if (!isAlone) continue;
            foreach (var (schema, table) in origins.ParentsOf(scan)) CheckColumn(schema, table, tokens[i]);
        }
    }

    private void CheckColumns(IReadOnlyList<SqlToken> tokens, Dictionary<string, PlanScan> scans, RelationOrigins origins)
    {
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (!tokens[i].IsName || !tokens[i + 1].IsSymbol('.') || !scans.TryGetValue(tokens[i].Text, out var scan)) continue;
            foreach (var (schema, table) in origins.ParentsOf(scan)) CheckColumn(schema, table, tokens[i + 2]);
        }
    }

    private void CheckColumn(string schema, string table, SqlToken column)
    {
        if (column.Kind == SqlTokenKind.Operator && reach.DeniesColumnsOf(schema, table))
            throw new QueryException(
                ErrorCodes.QueryRefused, "column_denied", $"Rows of '{schema}.{table}' may not be read whole, since some of its columns are denied. Name the columns you need.")
            {
                ObjectName = $"{schema}.{table}",
            };
        if (!column.IsName || reach.AllowsColumn(schema, table, column.Text)) return;
        throw new QueryException(
            ErrorCodes.QueryRefused, "column_denied", $"The column '{schema}.{table}.{column.Text}' may not be read, nor be used in a condition. Leave it out.")
        {
            ObjectName = $"{schema}.{table}.{column.Text}",
        };
    }
}
