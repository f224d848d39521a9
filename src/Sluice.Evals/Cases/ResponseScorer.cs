using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Scores one aspect of an answer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExactScorer), "exact")]
[JsonDerivedType(typeof(ContainsScorer), "contains")]
[JsonDerivedType(typeof(RegexScorer), "regex")]
[JsonDerivedType(typeof(ResultSetScorer), "result_set")]
[JsonDerivedType(typeof(JudgeScorer), "judge")]
public abstract record ResponseScorer
{
    private protected ResponseScorer()
    {
    }

    /// <summary>The scorer's id, unique in its case. Non-blank.</summary>
    public required string Id { get; init; }

    /// <summary>How much it counts against the others: above 0 and finite. Default: 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the effective score is 0 when this one fails. Default: false.</summary>
    public bool Required { get; init; }

    /// <summary>The answer is this text, leading and trailing white space left out.</summary>
    public static ExactScorer Exact(string id, string text, double weight = 1, bool required = false) =>
        new() { Id = id, Text = text, Weight = weight, Required = required };

    /// <summary>The answer has this text in it.</summary>
    public static ContainsScorer Contains(string id, string text, double weight = 1, bool required = false, bool ignoreCase = false) =>
        new() { Id = id, Text = text, Weight = weight, Required = required, IgnoreCase = ignoreCase };

    /// <summary>The answer matches a regular expression of .NET somewhere.</summary>
    public static RegexScorer Regex(string id, string pattern, double weight = 1, bool required = false) =>
        new() { Id = id, Pattern = pattern, Weight = weight, Required = required };

    /// <summary>A model judges the answer.</summary>
    public static JudgeScorer Judge(
        string id, string criteria, string? rubric = null, string? reference = null, double weight = 1, bool required = false) =>
        new() { Id = id, Criteria = criteria, Rubric = rubric, Reference = reference, Weight = weight, Required = required };
}

/// <summary>The answer is a given text, leading and trailing white space left out.</summary>
public sealed record ExactScorer : ResponseScorer
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Whether case does not matter. Default: false.</summary>
    public bool IgnoreCase { get; init; }
}

/// <summary>The answer has a text in it.</summary>
public sealed record ContainsScorer : ResponseScorer
{
    /// <summary>The text. Non-empty.</summary>
    public required string Text { get; init; }

    /// <summary>Whether case does not matter. Default: false.</summary>
    public bool IgnoreCase { get; init; }
}

/// <summary>The answer matches a regular expression of .NET somewhere. Matching is limited in time.</summary>
public sealed record RegexScorer : ResponseScorer
{
    /// <summary>The regular expression.</summary>
    public required string Pattern { get; init; }

    /// <summary>Whether case does not matter. Default: false.</summary>
    public bool IgnoreCase { get; init; }
}

/// <summary>The rows that a query of the run returned are those of a reference.</summary>
public sealed record ResultSetScorer : ResponseScorer
{
    /// <summary>The rows that are expected: an array of arrays of scalars.</summary>
    public required JsonElement Rows { get; init; }

    /// <summary>The tool whose last result is compared. Default: <c>execute_query</c>.</summary>
    public string Tool { get; init; } = "execute_query";

    /// <summary>Whether the order of rows counts: because the reference orders them. Default: false, rows are a multiset.</summary>
    public bool Ordered { get; init; }

    /// <summary>By how much two numbers may differ, as a share of the expected one. 0 to 1. Default: 0.000001.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>What more columns than expected mean. Default: they are let pass.</summary>
    public ExtraColumns ExtraColumns { get; init; } = ExtraColumns.Allow;
}

/// <summary>What it means when a result has more columns than the reference.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExtraColumns>))]
public enum ExtraColumns
{
    /// <summary>The expected columns have to be among them.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>The result is another one.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,
}

/// <summary>A model judges the answer: passed or not. See <see cref="JudgeVerdict"/> for what can come of it.</summary>
public sealed record JudgeScorer : ResponseScorer
{
    /// <summary>What the answer has to fulfil, as one question or statement. Non-blank.</summary>
    public required string Criteria { get; init; }

    /// <summary>What 0 and 1 stand for; null: whether the criteria are fulfilled.</summary>
    public string? Rubric { get; init; }

    /// <summary>An answer that is known to be good; null: none.</summary>
    public string? Reference { get; init; }

    /// <summary>How often the judge is asked, 1 to 9. With more than one, all verdicts have to agree. Default: 1.</summary>
    public int Repeats { get; init; } = 1;
}
