using System.CommandLine;
using System.CommandLine.Parsing;

namespace Sluice.Cli.CommandLine;

/// <summary>Options that are whole numbers.</summary>
internal static class NumberOption
{
    /// <summary>A whole number within limits.</summary>
    public static Option<int> Create(string name, string helpName, string description, int least, int most, int byDefault) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Read(result, name, least, most) ?? byDefault,
    };

    /// <summary>A whole number within limits, or none.</summary>
    public static Option<int?> CreateOptional(string name, string helpName, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Read(result, name, least, most),
    };

    private static int? Read(ArgumentResult result, string name, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, out var value) && value >= least && value <= most) return value;
        result.AddError($"{name} is to be a whole number from {least} to {most}, and is '{text}'.");
        return null;
    }
}
