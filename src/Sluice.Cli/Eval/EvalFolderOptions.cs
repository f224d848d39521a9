using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Eval;

/// <summary>The options that say where an eval is kept, and whether it goes on there.</summary>
internal sealed class EvalFolderOptions
{
    private const string SamplesFile = "samples.ndjson";

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder of the eval: samples as they end, and the artifact. Default: a new one in .sluice/evals.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the eval that was interrupted in --out. Samples that have a score are not run again." };

    public IEnumerable<Option> All => [_out, _resume];

    /// <summary>The folder of the eval.</summary>
    /// <exception cref="WrongUseException">There is nothing to go on with, or something that was not to go on.</exception>
    public string Choose(Invocation invocation, EvalDataset dataset, TimeProvider time)
    {
        var (folder, resumes) = (invocation.Get(_out), invocation.Get(_resume));
        if (folder is null)
        {
            return resumes
                ? throw new WrongUseException("--resume goes on with the eval of a folder, and none is given.", "add --out with the folder that the interrupted eval named")
                : Path.Combine(".sluice", "evals", FolderName(dataset.Name), NewName(time));
        }

        var isThere = File.Exists(Path.Combine(folder, SamplesFile));
        return isThere == resumes ? folder : throw new WrongUseException(
            isThere ? $"The folder '{folder}' holds an eval already." : $"There is no eval in '{folder}' to go on with.",
            isThere ? "add --resume to go on with it, or choose another folder" : "leave --resume out to begin one there");
    }

    private static string NewName(TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    private static string FolderName(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
}
