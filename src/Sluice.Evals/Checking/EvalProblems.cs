using System.Globalization;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Evals.Checking;

/// <summary>What is wrong with an eval, as it is found.</summary>
internal sealed class EvalProblems
{
    private readonly List<SpecError> _errors = [];

    public IReadOnlyList<SpecError> Errors => _errors;

    public void Add(string code, string path, string message) => _errors.Add(new(code, path, message));

    public void RequireText(string? text, string path, string what)
    {
        if (string.IsNullOrWhiteSpace(text)) Add(SpecErrorCodes.BlankName, path, $"{what} is blank. Give it a text.");
    }

    public void RequireKnown(string name, IReadOnlyCollection<string> known, string code, string path, string problem, string introduction)
    {
        if (!known.Contains(name, StringComparer.Ordinal)) Add(code, path, $"{problem} \"{name}\"{NearestName.Suggest(name, known, introduction)}");
    }

    public void RequireWithin(long value, long least, long most, string path)
    {
        if (value < least || value > most) Add(EvalErrorCodes.OutOfRange, path, $"{value} is out of range. Give {least} to {most}.");
    }

    /// <summary>Refuses what is no share, NaN included.</summary>
    public void RequireShare(double value, string path, bool isZeroAllowed = true)
    {
        if (value is >= 0 and <= 1 && (isZeroAllowed || value > 0)) return;
        Add(EvalErrorCodes.OutOfRange, path, $"{Show(value)} is out of range. Give {(isZeroAllowed ? "0" : "more than 0, up")} to 1.");
    }

    /// <summary>Refuses what is no weight, NaN included.</summary>
    public void RequireWeight(double value, string path, bool isZeroAllowed)
    {
        if (double.IsFinite(value) && (value > 0 || (isZeroAllowed && value == 0))) return;
        Add(EvalErrorCodes.OutOfRange, path, $"{Show(value)} is no weight. Give a finite number {(isZeroAllowed ? "that is not negative" : "above 0")}.");
    }

    private static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
