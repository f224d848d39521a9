using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Run;

/// <summary>Who answers in the model's place.</summary>
internal static class RunInterpreter
{
    public const string Forms = "live|scripted|noop|app|canned:TEXT|record:FILE|replay:FILE";

    /// <summary>Reads the option.</summary>
    /// <returns>Who answers; null: whoever the app says.</returns>
    /// <exception cref="WrongUseException">It is none of the forms, or names a recording that is not there.</exception>
    public static Interpreter? Read(string given)
    {
        var (kind, value) = given.Split(':', 2) is [var before, var after] ? (before, after) : (given, null);
        return (kind, value) switch
        {
            ("live", null) => Interpreter.Live,
            ("scripted", null) => Interpreter.Scripted,
            ("noop", null) => Interpreter.Noop,
            ("app", null) => null,
            ("canned", { Length: > 0 }) => Interpreter.Canned(value),
            ("record", { Length: > 0 }) => Interpreter.Record(Interpreter.Live, value),
            ("replay", { Length: > 0 }) => File.Exists(value)
                ? Interpreter.Replay(value)
                : throw new WrongUseException($"--interpreter: There is no file '{value}'.", "--interpreter record:FILE makes one"),
            _ => throw new WrongUseException($"--interpreter is '{given}', which is none of {Forms}.", "FILE is a recording, as record:FILE makes one"),
        };
    }
}
