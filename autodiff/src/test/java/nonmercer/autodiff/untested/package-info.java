/// An op that nothing could test.
@org.jspecify.annotations.NullMarked
package nonmercer.autodiff.untested;
