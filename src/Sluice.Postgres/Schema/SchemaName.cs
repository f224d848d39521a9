using System.Text.RegularExpressions;

namespace Sluice.Postgres.Schema;

/// <summary>Names of schemas: those that mean the same with quotes and without.</summary>
internal static partial class SchemaName
{
    public const string Rule = "small letters, digits and underscores, at most 63, no digit first";

    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}\\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
