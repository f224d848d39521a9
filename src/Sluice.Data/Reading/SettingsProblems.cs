using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Reading;

/// <summary>Everything that is wrong with a data environment. Nothing gets in with credentials.</summary>
internal sealed class SettingsProblems
{
    private readonly List<SpecError> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    public int Count => _errors.Count;

    public void Add(string code, string path, string message) => _errors.Add(new(code, Redaction.OfText(path), Redaction.OfText(message)));

    public void AddUnknownKey(string path, string key, IReadOnlyCollection<string> known) => Add(
        SpecErrorCodes.UnknownProperty, path.Length == 0 ? key : $"{path}.{key}",
        $"There is no key \"{key}\" here{NearestName.Suggest(key, known, "the keys are")}");

    public void AddRange(IEnumerable<SpecError> errors)
    {
        foreach (var error in errors) Add(error.Code, error.Path, error.Message);
    }

    public void ThrowIfAny(string code = ErrorCodes.InvalidDataEnvironment)
    {
        if (!IsEmpty) throw new SpecValidationException(_errors, code);
    }
}
