using System.Reflection;
using Sluice.Cli.CommandLine;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Cli.Apps;

/// <summary>The method or property that gives an app.</summary>
internal sealed class AppMember
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const string Rule = "An app is a public static method without parameters, or a public static property, that returns an App.";

    private readonly MethodInfo _getter;

    private AppMember(MethodInfo getter, string name) => (_getter, Name) = (getter, name);

    /// <summary><c>Type.Member</c>.</summary>
    public string Name { get; }

    /// <summary>Finds the member that was named, or the only one that is marked.</summary>
    /// <exception cref="WrongUseException">There is no such member, or none or several are marked.</exception>
    /// <exception cref="SluiceException">What is marked is no app, or the assembly's types cannot be loaded.</exception>
    public static AppMember Find(Assembly assembly, AppPlace place)
    {
        try
        {
            return Find(assembly.GetTypes(), place);
        }
        catch (ReflectionTypeLoadException exception)
        {
            var cause = exception.LoaderExceptions.FirstOrDefault(loader => loader is not null) ?? exception;
            throw new SluiceException(ErrorCodes.InvalidApp, $"The types of '{place.Written}' cannot be loaded: {cause.Message}", exception);
        }
    }

    /// <summary>Finds the member among these types.</summary>
    public static AppMember Find(IReadOnlyList<Type> types, AppPlace place) => place.Member is { } name ? FindNamed(types, place, name) : FindMarked(types, place);

    /// <summary>Makes the app.</summary>
    /// <exception cref="SluiceException">The member throws, or gives nothing.</exception>
    public App Create()
    {
        try
        {
            return (App?)_getter.Invoke(null, null) ?? throw Invalid($"'{Name}' gives no app but null.");
        }
        catch (TargetInvocationException exception)
        {
            var cause = exception.InnerException!;
            while (cause is TypeInitializationException { InnerException: { } inner }) cause = inner;
            // A spec with problems tells them itself, each with its place.
            throw cause as SluiceException ?? Invalid($"'{Name}' fails with {cause.GetType().Name}: {cause.Message}", cause);
        }
    }

    private static AppMember FindMarked(IReadOnlyList<Type> types, AppPlace place)
    {
        MemberInfo[] marked = [.. types.SelectMany(type => type.GetMembers(Static)).Where(member => member.IsDefined(typeof(SluiceAppAttribute)))];
        return marked switch
        {
            [var only] => AsApp(only) ?? throw Invalid($"'{NameOf(only)}' has [SluiceApp] and is no app. {Rule}"),
            [] => throw new WrongUseException(
                $"'{place.Written}' has no app.", $"{Rule} Mark it with [SluiceApp], or name it: --app {place.Written}:Type.Member."),
            _ => throw new WrongUseException(
                $"'{place.Written}' has several apps: {string.Join(", ", marked.Select(NameOf).Order(StringComparer.Ordinal))}.",
                $"Name one: --app {place.Written}:{marked.Select(NameOf).Order(StringComparer.Ordinal).First()}."),
        };
    }

    private static AppMember FindNamed(IReadOnlyList<Type> types, AppPlace place, string name)
    {
        var dot = name.LastIndexOf('.');
        var (typeName, memberName) = dot > 0 ? (name[..dot], name[(dot + 1)..]) : (name, "");
        Type[] named = [.. types.Where(type => DottedName(type) == typeName || type.Name == typeName)];
        if (named.Length > 1) named = [.. named.Where(type => DottedName(type) == typeName)];
        if (named is not [var found])
        {
            var appTypes = types.Where(type => type.GetMembers(Static).Any(member => AsApp(member) is not null)).Select(type => typeName.Contains('.') ? DottedName(type) : type.Name).ToArray();
            throw new WrongUseException($"'{place.Written}' has no type '{typeName}'{NearestName.Suggest(typeName, appTypes, "types with an app are")}", Rule);
        }

        AppMember[] apps = [.. found.GetMembers(Static).Select(AsApp).OfType<AppMember>().OrderBy(app => app.Name, StringComparer.Ordinal)];
        return Array.Find(apps, app => app.Name == $"{DottedName(found)}.{memberName}")
            ?? throw new WrongUseException(
                $"'{DottedName(found)}' has no app '{memberName}'{NearestName.Suggest(memberName, [.. apps.Select(app => app.Name[(app.Name.LastIndexOf('.') + 1)..])], "its apps are")}",
                Rule);
    }

    private static AppMember? AsApp(MemberInfo member) => member switch
    {
        MethodInfo { IsPublic: true, IsSpecialName: false, IsGenericMethodDefinition: false } method when IsGetter(method) => new(method, NameOf(member)),
        PropertyInfo { GetMethod: { IsPublic: true } getter } when IsGetter(getter) => new(getter, NameOf(member)),
        _ => null,
    };

    private static bool IsGetter(MethodInfo method) =>
        typeof(App).IsAssignableFrom(method.ReturnType) && method.GetParameters().Length == 0 && method.DeclaringType is { ContainsGenericParameters: false };

    private static string NameOf(MemberInfo member) => $"{DottedName(member.DeclaringType!)}.{member.Name}";

    private static string DottedName(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static SluiceException Invalid(string message, Exception? cause = null) => new(ErrorCodes.InvalidApp, message, cause);
}
