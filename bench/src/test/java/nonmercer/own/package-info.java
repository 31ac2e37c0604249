/// What a user has in a project of their own.
@org.jspecify.annotations.NullMarked
package nonmercer.own;
