using Sluice.Journal;
using Sluice.Runtime.Composition;

namespace Sluice.Runtime.Loop;

/// <summary>Opens frames of other agents inside a run.</summary>
internal sealed class SubAgents(Limits limits)
{
    private CompiledSpec? _spec;
    private AgentLoop? _loop;

    /// <summary>Ties the knot: the loop runs tools, and one tool runs the loop.</summary>
    public void Attach(CompiledSpec spec, AgentLoop loop) => (_spec, _loop) = (spec, loop);

    public async ValueTask<FrameResult> RunAsync(Frame parent, string agent, string prompt, string callKey, string toolUseId)
    {
        if (parent.Depth >= limits.MaxDepth)
        {
            throw new SluiceException(
                ErrorCodes.MaxDepth, $"Agents are nested {parent.Depth} deep, and the most is {limits.MaxDepth}. Do the task without another agent.");
        }

        var frame = new Frame(parent.Run, _spec!.Agents[agent], StepKey.Frame(callKey), prompt, toolUseId, parent.Depth + 1);
        return await _loop!.RunAsync(frame).ConfigureAwait(false);
    }
}
