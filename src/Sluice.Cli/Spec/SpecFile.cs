using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Spec;

/// <summary>Runtime specs in files.</summary>
internal static class SpecFile
{
    /// <summary>Reads a spec and checks it.</summary>
    /// <exception cref="WrongUseException">There is no such file.</exception>
    /// <exception cref="SpecValidationException">It is no valid spec; all problems are listed.</exception>
    public static async Task<RuntimeSpec> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new WrongUseException($"There is no file '{path}'.", "a spec is a JSON file; 'sluice spec schema' says what is in it");
        return RuntimeSpec.FromJson(await File.ReadAllTextAsync(path, cancellationToken));
    }
}
