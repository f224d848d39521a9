using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Sluice.Runtime.Providers;

namespace Sluice.Runtime.Recordings;

/// <summary>Answers from a cassette. It makes no call and needs no provider.</summary>
internal sealed partial class ReplayInterpreter(string path, CassetteOptions options) : Interpreter
{
    private readonly Lock _gate = new();
    private ReplayedAnswers? _answers;

    /// <summary>The summaries and last words of the run that was recorded are in the recording, too.</summary>
    internal override bool AnswersFreely => true;

    internal override IChatClient? FindClient(ModelSpec model, string place, ModelClients models, ICollection<SpecError> problems)
    {
        lock (_gate)
        {
            try
            {
                _answers ??= new(Load(models.Options));
            }
            catch (SluiceException exception)
            {
                CassetteProblem.Add(problems, exception);
                return null;
            }

            return models.Observe(new ReplayingChatClient(_answers, new ValuePatterns(options, SecretValues.Of(models.Spec))), "replay");
        }
    }

    public override string ToString() => "replay";

    private Cassette Load(RuntimeOptions runtimeOptions)
    {
        if (!File.Exists(path))
            throw new SluiceException(ErrorCodes.InvalidCassette, $"There is no recording at '{path}'. Make one with Interpreter.Record.");
        var cassette = CassetteReader.Read(path);
        if (!cassette.HasHeader)
            throw new SluiceException(ErrorCodes.InvalidCassette, $"The recording '{path}' is empty. Make one with Interpreter.Record.");
        if (cassette.TornLine is { } line) LogTornLine(runtimeOptions.LoggerFactory.CreateLogger("Sluice.Recordings"), line, path);
        return cassette;
    }
}
