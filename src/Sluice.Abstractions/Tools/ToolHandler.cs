using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>The code behind a tool. Implementations are thread-safe: one handler serves every run.</summary>
public abstract class ToolHandler
{
    /// <summary>Runs the tool once.</summary>
    /// <param name="arguments">The arguments, an object that satisfies the tool's input schema.</param>
    /// <param name="context">The call's surroundings.</param>
    /// <returns>The result as JSON; it stays valid after the call.</returns>
    /// <exception cref="SluiceException">
    /// The arguments can't be read as the handler's type (<c>invalid_arguments</c>), or the result can't be written as JSON (<c>invalid_result</c>).
    /// </exception>
    public abstract ValueTask<JsonElement> InvokeAsync(JsonElement arguments, ToolContext context);

    /// <summary>A handler with typed arguments whose result is written as what it is at run time.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="handler">Runs the tool. Null is a result; a task as a result is refused, because it was meant to be awaited.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="TArgs"/> has no JSON form.</exception>
    public static ToolHandler Create<TArgs>(Func<TArgs, ToolContext, Task<object?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new TypedToolHandler<TArgs, object?>(handler, ToolResult.ToJson);
    }

    /// <summary>A handler with typed arguments and a typed result.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="handler">Runs the tool.</param>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolHandler Create<TArgs, TResult>(Func<TArgs, ToolContext, Task<TResult>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new TypedToolHandler<TArgs, TResult>(handler, ToolResult.WriterOf<TResult>());
    }

    /// <summary>A handler that calls a function of Microsoft.Extensions.AI with the host's services and the call's token.</summary>
    /// <param name="function">The function. It finds the <see cref="ToolContext"/> in <see cref="AIFunctionArguments.Context"/> under that type.</param>
    public static ToolHandler FromFunction(AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionToolHandler(function);
    }
}
