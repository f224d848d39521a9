using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Eval;

/// <summary>Who answers in an eval: the cases' scripts, models, a recording of them, or whoever the app says.</summary>
internal sealed class EvalInterpreter
{
    public const string Forms = "scripted|live|app|record:FILE|replay:FILE";

    private EvalInterpreter(Interpreter? interpreter, string description, bool usesScripts = false) =>
        (Interpreter, Description, UsesScripts) = (interpreter, description, usesScripts);

    /// <summary>What the app is opened with; null: what it says itself.</summary>
    public Interpreter? Interpreter { get; }

    /// <summary>Whether the scripts of cases are run in the place of their inputs.</summary>
    public bool UsesScripts { get; }

    /// <summary>Who answers, in a few words.</summary>
    public string Description { get; }

    /// <summary>Reads the option. Without it scripts answer where every case has one, else models.</summary>
    /// <exception cref="WrongUseException">It is none of the forms, or names no file.</exception>
    public static EvalInterpreter Choose(string? given, EvalDataset dataset)
    {
        if (given is not null) return Read(given);
        return dataset.Cases.All(testCase => testCase.Script is not null)
            ? new(Interpreter.Scripted, "scripts answer, since every case has one; --interpreter live asks models", usesScripts: true)
            : new(Interpreter.Live, "models answer, since not every case has a script");
    }

    private static EvalInterpreter Read(string given)
    {
        var (kind, file) = given.Split(':', 2) is [var before, var after] ? (before, after) : (given, null);
        return (kind, file) switch
        {
            ("scripted", null) => new(Interpreter.Scripted, "scripts answer", usesScripts: true),
            ("live", null) => new(Interpreter.Live, "models answer"),
            ("app", null) => new(null, "whoever the app says answers"),
            ("record", { Length: > 0 }) => new(Interpreter.Record(Interpreter.Live, file), $"models answer, and are recorded in {file}"),
            ("replay", { Length: > 0 }) => File.Exists(file)
                ? new(Interpreter.Replay(file), $"the recording {file} answers")
                : throw new WrongUseException($"--interpreter: There is no file '{file}'.", "--interpreter record:FILE makes one"),
            _ => throw new WrongUseException($"--interpreter is '{given}', which is none of {Forms}.", "FILE is a recording, as record:FILE makes one"),
        };
    }
}
