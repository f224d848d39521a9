namespace Sluice.Data;

/// <summary>A query was refused or failed. The message is written for a model: the rule, the object, the nearest names; no values of the database.</summary>
public sealed class QueryException : SluiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code"><c>query_refused</c>, <c>query_failed</c> or <c>query_timeout</c>.</param>
    /// <param name="rule">Which rule or error of the engine, in snake_case or as the engine's own code, such as <c>statement_kind</c> or <c>42P01</c>.</param>
    /// <param name="message">A full sentence: what was wrong and what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public QueryException(string code, string rule, string message, Exception? innerException = null)
        : base(code, message, innerException) => Rule = rule;

    /// <summary>Which rule refused it, or the engine's own code of the error.</summary>
    public string Rule { get; }

    /// <summary>The table, column, function or statement it is about; null when there is none.</summary>
    public string? ObjectName { get; init; }
}
