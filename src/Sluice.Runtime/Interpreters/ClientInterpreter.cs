using Microsoft.Extensions.AI;
using Sluice.Runtime.Providers;

namespace Sluice.Runtime.Interpreters;

/// <summary>One client for every agent.</summary>
internal sealed class ClientInterpreter(string name, IChatClient client, bool answersFreely = false) : Interpreter
{
    internal override bool AnswersFreely => answersFreely;

    internal override IChatClient? FindClient(ModelSpec model, string path, ModelClients models, ICollection<SpecError> problems) =>
        models.Observe(client, answersFreely ? "custom" : name);

    public override string ToString() => name;
}
