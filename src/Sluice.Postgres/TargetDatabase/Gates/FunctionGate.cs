using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>Refuses calls of functions that may do more than compute, and the names of what lies outside the guard.</summary>
internal sealed class FunctionGate(Reach reach)
{
    /// <summary>Looks at every call, and at every name that may be of a relation.</summary>
    /// <exception cref="QueryException">A call or a name is refused.</exception>
    public void Check(SqlStatement statement, CatalogFacts facts)
    {
        foreach (var call in statement.Calls) CheckCall(call, facts);
        foreach (var name in statement.Attributes) CheckAttribute(name, facts);
        foreach (var hidden in facts.HiddenCalls) CheckHidden(statement, hidden);
        foreach (var (left, right) in statement.Chains) CheckChain(left, right, facts);
        foreach (var name in statement.LoneNames)
            if (facts.Relations.Contains((FoundFunction.EngineSchema, name))) throw PlanGate.RefusedRelation(FoundFunction.EngineSchema, name, reach);
    }

    private void CheckCall(CalledFunction call, CatalogFacts facts)
    {
        if (call is { Schema: null, IsQuoted: false } && facts.Keywords.Contains(call.Name)) return;
        var found = facts.Functions.Where(function => function.Name == call.Name && IsMeant(call, function.Schema)).ToArray();
        var isEngines = Array.Exists(found, function => function.IsOfEngine);
        foreach (var function in found)
        {
            if (function.IsSampling && call.IsSampling) continue;
            if (function.IsOfEngine) CheckEngines(function);
            else CheckUsers(function, isEngines);
        }
    }

    private bool IsMeant(CalledFunction call, string schema) =>
        call.Schema is { } named ? named == schema : schema == FoundFunction.EngineSchema || reach.AllowsSchema(schema);

    private static void CheckEngines(FoundFunction function)
    {
        if (EngineFunctions.IsDenied(function.Name))
            throw Refused("function_denied", function, "shows or changes the server itself. Read the data from the tables.");
        if (function.IsVolatile && !EngineFunctions.IsHarmlessVolatile(function.Name))
            throw Refused("function_volatile", function, "may do more than compute (it is VOLATILE). Use functions that only compute.");
    }

    /// <summary>Judges a function of the database's users.</summary>
    /// <param name="function">What may be called.</param>
    /// <param name="sharesName">
    /// Whether the engine has a function of that name. Which of the two is called depends on types; one that can neither write nor has
    /// other rights is let through then, or nobody could round a number any more.
    /// </param>
    private void CheckUsers(FoundFunction function, bool sharesName)
    {
        if (function.RunsAsOwner)
            throw Refused("function_security_definer", function, "runs with its owner's rights (SECURITY DEFINER), and cannot be called here.");
        if (function.IsVolatile)
            throw Refused("function_volatile", function, "may do more than compute (it is VOLATILE). Whoever owns it can declare it STABLE if it only reads.");
        if (!sharesName && !reach.AllowsFunction(function.Schema, function.Name))
            throw Refused("function_not_allowed", function, "is a function of this database's users that is not on the list of allowed functions.");
    }

    private void CheckAttribute(string name, CatalogFacts facts)
    {
        foreach (var function in facts.Functions)
            if (function.Name == name && function.TakesRow && !function.IsOfEngine && reach.AllowsSchema(function.Schema)) CheckUsers(function, sharesName: false);
    }

    private static void CheckHidden(SqlStatement statement, HiddenCall hidden)
    {
        var isMet = hidden.IsOperator
            ? statement.Operators.Any(found => found.Contains(hidden.Name, StringComparison.Ordinal))
            : statement.Names.Contains(hidden.Name) && (hidden.IsImplicit || statement.HasCast);
        if (!isMet) return;
        throw new QueryException(
            ErrorCodes.QueryRefused, hidden.IsOperator ? "operator_denied" : "cast_denied",
            $"{(hidden.IsOperator ? $"The operator '{hidden.Name}'" : $"A cast of '{hidden.Name}'")} calls a function that may do more than compute or has other rights.")
        {
            ObjectName = hidden.Name,
        };
    }

    /// <summary>A schema that is not allowed, before the name of something in it.</summary>
    private void CheckChain(string left, string right, CatalogFacts facts)
    {
        if (reach.AllowsSchema(left) || !facts.Relations.Contains((left, right))) return;
        throw PlanGate.RefusedRelation(left, right, reach);
    }

    private static QueryException Refused(string rule, FoundFunction function, string why) =>
        new(ErrorCodes.QueryRefused, rule, $"The function '{(function.IsOfEngine ? function.Name : $"{function.Schema}.{function.Name}")}' {why}")
        {
            ObjectName = function.Name,
        };
}
