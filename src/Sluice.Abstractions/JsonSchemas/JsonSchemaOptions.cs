using System.Text.Json;

namespace Sluice.JsonSchemas;

/// <summary>Where a schema may look for others, and how much work a hostile schema or value may cause.</summary>
public sealed class JsonSchemaOptions
{
    internal static JsonSchemaOptions Default { get; } = new();

    /// <summary>
    /// Returns the schema document at an absolute address without its fragment, or null where there is none. The only way to another
    /// document: nothing is ever read from the network or from files otherwise. The meta-schemas of draft 2020-12 are built in and are not
    /// asked for. Called while compiling only. Default: none.
    /// </summary>
    public Func<Uri, JsonElement?>? Resolve { get; init; }

    /// <summary>
    /// Reads a schema whose <c>$schema</c> names an older draft as draft 2020-12 instead of refusing it. Most keywords mean the same; what
    /// does not, such as <c>items</c> with an array, is still refused by the meta-schema. Default false.
    /// </summary>
    public bool ReadOlderDraftsAs202012 { get; init; }

    /// <summary>
    /// How many levels a value may nest where the schema looks at it, how many levels a schema may nest, and how many references may be
    /// followed in a row on one value. 1 to 1000, default 128.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set outside that range.</exception>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    } = 128;

    /// <summary>
    /// The most steps of one validation; a step is a schema applied to a value, and a few more for long strings, large comparisons and
    /// alternatives. A value that needs more is refused with the keyword <c>budget</c>. At least 1, default 10,000,000, which takes about a
    /// second.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public long MaxEvaluations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10_000_000;

    /// <summary>
    /// The most violations that <see cref="JsonSchema.Validate"/> lists before it stops looking. At least 1, default 100.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MaxViolations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>The longest that one regular expression that backtracks may work on one string. More than zero, default 100 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan PatternTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest that all regular expressions together may work in one validation. More than zero, default 1 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan PatternBudget
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(1);
}
