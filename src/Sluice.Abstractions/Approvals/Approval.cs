using System.Text.Json;
using Sluice.Json;

namespace Sluice;

/// <summary>Makes approval policies.</summary>
public static class Approval
{
    /// <summary>Goes on without asking.</summary>
    public static ApprovalPolicy Never { get; } = new() { Mode = ApprovalMode.Never };

    /// <summary>Asks every time.</summary>
    public static ApprovalPolicy Always { get; } = new() { Mode = ApprovalMode.Always };

    /// <summary>No opinion: a broader rule decides.</summary>
    public static ApprovalPolicy Default { get; } = new() { Mode = ApprovalMode.Default };

    /// <summary>Asks when the predicate registered under <paramref name="predicateId"/> says so. Only for tools.</summary>
    /// <param name="predicateId">The id in <c>RuntimeOptions.ApprovalPredicates</c>. Non-blank.</param>
    public static ApprovalPolicy Dynamic(string predicateId) => new() { Mode = ApprovalMode.Dynamic, PredicateId = predicateId };

    /// <summary>Asks when the predicate says so. Only for tools.</summary>
    /// <typeparam name="TArgs">The tool's arguments.</typeparam>
    /// <param name="predicate">True: ask. One that throws asks too.</param>
    /// <remarks>In JSON it is a dynamic policy whose predicate id is the tool's name, to be registered where the JSON is loaded.</remarks>
    public static ApprovalPolicy When<TArgs>(Func<TArgs, ApprovalContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new()
        {
            Mode = ApprovalMode.Dynamic,
            Predicate = (arguments, context) => predicate(arguments.Deserialize<TArgs>(SluiceJson.Options)!, context),
        };
    }
}
