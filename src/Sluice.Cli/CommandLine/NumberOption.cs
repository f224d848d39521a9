using System.CommandLine;

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
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, out var value) && value >= least && value <= most) return value;
            result.AddError($"{name} is to be a whole number from {least} to {most}, and is '{text}'.");
            return byDefault;
        },
    };
}
